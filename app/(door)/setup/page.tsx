import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentViewer } from "@/app/_server/access";
import { Field } from "@/app/_ui/field";
import { hasGitHub } from "@/lib/accounts/github";
import { hasOwner } from "@/lib/accounts/owner";
import { env } from "@/lib/env";
import { setUpOwner } from "../actions";
import { DoorForm } from "../door-form";
import { GitHubButton } from "../github-button";
import { NewPasswordField } from "../password-fields";

export const metadata: Metadata = { title: "Set up" };

export default async function SetUpPage() {
  if ((await currentViewer()).kind !== "nobody") redirect("/");
  if (await hasOwner()) redirect("/login");
  return (
    <>
      <DoorForm
        title="Set up this Ferry"
        text="Whoever does this becomes its owner, and invites the others."
        action={setUpOwner}
        confirm="Set up"
      >
        <Field
          label="Set-up secret"
          name="secret"
          required
          autoComplete="off"
          spellCheck={false}
          hint="Ferry writes it into its log at each start, while there is no owner."
        />
        <Field label="Name" name="name" required maxLength={100} autoComplete="name" />
        <Field label="E-mail address" name="email" type="email" required autoComplete="username" />
        <NewPasswordField />
      </DoorForm>
      {hasGitHub() && env().FERRY_OWNER_EMAIL && <GitHubButton next="/" />}
    </>
  );
}
