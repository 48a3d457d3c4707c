import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { allowPage } from "@/app/_server/access";
import { attempt } from "@/app/_server/outcome";
import { ButtonLink } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { PageHead } from "@/app/_ui/page-head";
import { personOf } from "@/lib/accounts/viewer";
import { isNeonHere, neonAccount } from "@/lib/imports/neon/account";
import { listNeonProjects } from "@/lib/imports/neon/projects";
import { AccountPanel } from "./account-panel";
import { ProjectsList } from "./projects-list";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage() {
  const asked = { by: personOf(await allowPage("neon.read", "/projects")) };
  const account = await neonAccount(asked);
  const projects = account && (await attempt(() => listNeonProjects(asked)));
  return (
    <>
      <PageHead
        title="Projects"
        description="An import lands in a fresh branch of one, or in a project of its own."
        actions={
          projects?.ok && (
            <ButtonLink href="/new?project=new" look="primary">
              <Plus aria-hidden className="size-3.5" />
              Import database
            </ButtonLink>
          )
        }
      />
      <div className="space-y-4">
        {projects?.ok && <ProjectsList projects={projects.value} now={new Date().toISOString()} />}
        {projects?.ok === false && <ExplanationNotice error={projects.error} />}
        <AccountPanel account={account} isHere={isNeonHere()} />
      </div>
    </>
  );
}
