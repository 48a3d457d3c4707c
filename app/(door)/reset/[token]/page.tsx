import type { Metadata } from "next";
import { Field } from "@/app/_ui/field";
import { takeReset } from "../../actions";
import { DoorForm } from "../../door-form";
import { LinkGone } from "../../link-gone";
import { NewPasswordField } from "../../password-fields";
import { readLink } from "../../read-link";

export const metadata: Metadata = { title: "New password" };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const email = await readLink(token, "reset");
  if (email === null) return <LinkGone />;
  return (
    <DoorForm title="Set a new password" text="Every session of yours ends." action={takeReset} confirm="Set password">
      <input type="hidden" name="token" value={token} />
      <Field label="E-mail address" value={email} readOnly autoComplete="username" />
      <NewPasswordField label="New password" />
    </DoorForm>
  );
}
