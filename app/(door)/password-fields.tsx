import { Field } from "@/app/_ui/field";

/** Asked for once: a browser's own store of passwords knows it, and a link sets another. */
export function NewPasswordField({ label = "Password" }: { label?: string }) {
  return (
    <Field
      label={label}
      name="password"
      type="password"
      required
      minLength={12}
      maxLength={200}
      autoComplete="new-password"
      hint="At least 12 characters."
    />
  );
}
