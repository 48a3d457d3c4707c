import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentViewer } from "@/app/_server/access";
import { Field } from "@/app/_ui/field";
import { Notice } from "@/app/_ui/notice";
import { hasGitHub } from "@/lib/accounts/github";
import { hasOwner } from "@/lib/accounts/owner";
import { explain } from "@/lib/errors/describe";
import { enter } from "../actions";
import { DoorForm } from "../door-form";
import { GitHubButton } from "../github-button";
import { safePath } from "../safe-path";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<Partial<Record<"next" | "github" | "error", string | string[]>>>;
}

export default async function LoginPage({ searchParams }: Props) {
  const asked = await searchParams;
  const next = safePath(asked.next);
  if ((await currentViewer()).kind !== "nobody") redirect(next);
  if (!(await hasOwner())) redirect("/setup");
  const refusal = asked.github ? explain({ code: "session.github_refused", context: {} }) : null;
  return (
    <>
      {refusal && (
        <div className="mb-4">
          <Notice tone="bad" title={refusal.what}>
            <p>{refusal.remedy}</p>
          </Notice>
        </div>
      )}
      <DoorForm title="Sign in" action={enter} confirm="Sign in">
        <input type="hidden" name="next" value={next} />
        <Field label="E-mail address" name="email" type="email" required autoComplete="username" autoFocus />
        <Field label="Password" name="password" type="password" required autoComplete="current-password" />
      </DoorForm>
      {hasGitHub() && <GitHubButton next={next} />}
      <p className="mt-4 text-sm text-quiet">
        Members are invited by the owner of this Ferry, who can also make a link for a lost password.
      </p>
    </>
  );
}
