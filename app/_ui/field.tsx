import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "./classes";

export const inputClasses =
  "block h-9 w-full rounded-md border border-line-strong bg-page px-3 placeholder:text-quiet read-only:text-quiet sm:h-8";

interface FieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: ReactNode;
}

/** One line to fill in, with its name above and a word on it below. */
export function Field({ label, hint, className, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className={classes("space-y-1.5", className)}>
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <input {...input} id={id} aria-describedby={hint ? `${id}-hint` : undefined} className={inputClasses} />
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
