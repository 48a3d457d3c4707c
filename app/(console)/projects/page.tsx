import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { attempt } from "@/app/_server/outcome";
import { ButtonLink } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { PageHead } from "@/app/_ui/page-head";
import { isNeonHere, neonAccount } from "@/lib/imports/neon/account";
import { listNeonProjects } from "@/lib/imports/neon/projects";
import { AccountPanel } from "./account-panel";
import { ProjectsList } from "./projects-list";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage() {
  const account = await neonAccount();
  const projects = account && (await attempt(() => listNeonProjects()));
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
