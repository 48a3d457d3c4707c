import type { Metadata } from "next";
import { Field } from "@/app/_ui/field";
import { hasGitHub } from "@/lib/accounts/github";
import { takeInvitation } from "../../actions";
import { DoorForm } from "../../door-form";
import { GitHubButton } from "../../github-button";
import { LinkGone } from "../../link-gone";
import { NewPasswordField } from "../../password-fields";
import { readLink } from "../../read-link";

export const metadata: Metadata = { title: "Join" };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const email = await readLink(token, "join");
  if (email === null) return <LinkGone />;
  return (
    <>
      <DoorForm
        title="Join this Ferry"
        text="Members see the imports of their team, and can start, stop and share them."
        action={takeInvitation}
        confirm="Join"
      >
        <input type="hidden" name="token" value={token} />
        <Field label="E-mail address" value={email} readOnly autoComplete="username" />
        <Field label="Name" name="name" required maxLength={100} autoComplete="name" autoFocus />
        <NewPasswordField />
      </DoorForm>
      {hasGitHub() && <GitHubButton next="/" />}
    </>
  );
}
