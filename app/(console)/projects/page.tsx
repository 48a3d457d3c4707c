import { Plus } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { allowPage } from "@/app/_server/access";
import { attempt } from "@/app/_server/outcome";
import { Arriving } from "@/app/_ui/arriving";
import { ButtonLink } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { PageHead } from "@/app/_ui/page-head";
import { personOf } from "@/lib/accounts/viewer";
import { type Asked, isNeonHere, neonAccount } from "@/lib/imports/neon/account";
import { listNeonProjects } from "@/lib/imports/neon/projects";
import { AccountPanel } from "./account-panel";
import { ProjectsList } from "./projects-list";
import { ProjectsSkeleton } from "./projects-skeleton";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage() {
  const asked = { by: personOf(await allowPage("neon.read", "/projects")) };
  const account = await neonAccount(asked);
  const panel = <AccountPanel account={account} isHere={isNeonHere()} />;
  if (!account) return <Page hasAccount={false}>{panel}</Page>;
  return (
    <Arriving
      content={listed(asked, panel)}
      skeleton={
        <Page hasAccount>
          <ProjectsSkeleton />
        </Page>
      }
    />
  );
}

async function listed(asked: Asked, panel: ReactNode): Promise<ReactNode> {
  const projects = await attempt(() => listNeonProjects(asked));
  return (
    <Page hasAccount={projects.ok}>
      {projects.ok ? (
        <ProjectsList projects={projects.value} now={new Date().toISOString()} />
      ) : (
        <ExplanationNotice error={projects.error} />
      )}
      {panel}
    </Page>
  );
}

/** `hasAccount` where a project can be made. */
function Page({ hasAccount, children }: { hasAccount: boolean; children: ReactNode }) {
  return (
    <>
      <PageHead
        title="Projects"
        description="An import lands in a fresh branch of one, or in a project of its own."
        actions={
          hasAccount && (
            <ButtonLink href="/new?project=new" look="primary">
              <Plus aria-hidden className="size-3.5" />
              Import database
            </ButtonLink>
          )
        }
      />
      <div className="space-y-4">{children}</div>
    </>
  );
}
