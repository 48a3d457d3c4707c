import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { allowPage } from "@/app/_server/access";
import { attempt } from "@/app/_server/outcome";
import { Arriving } from "@/app/_ui/arriving";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { PageHead } from "@/app/_ui/page-head";
import { personOf } from "@/lib/accounts/viewer";
import type { Asked } from "@/lib/imports/neon/account";
import { listNeonBranches } from "@/lib/imports/neon/branches";
import { getNeonProject, projectSchema } from "@/lib/imports/neon/projects";
import { BranchesPanel } from "./branches-panel";
import { GettingStarted } from "./getting-started";
import { ProjectSkeleton } from "./project-skeleton";

export const metadata: Metadata = { title: "Project" };

const above = { href: "/projects", word: "Projects" };

export default async function ProjectPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const by = personOf(await allowPage("neon.read", `/projects/${id}`));
  const named = projectSchema.safeParse({ projectId: id });
  if (!named.success) notFound();
  return (
    <Arriving content={shown({ ...named.data, by })} skeleton={<ProjectSkeleton projectId={id} above={above} />} />
  );
}

async function shown(asked: { projectId: string } & Asked): Promise<ReactNode> {
  const found = await attempt(() => Promise.all([getNeonProject(asked), listNeonBranches(asked)]));
  if (!found.ok) {
    return (
      <>
        <PageHead title="Project" above={above} />
        <ExplanationNotice error={found.error} />
      </>
    );
  }
  const [project, branches] = found.value;
  return (
    <>
      <PageHead
        title={project.name}
        above={above}
        description={[project.regionId, `Postgres ${project.pgVersion}`, project.id].join(" · ")}
      />
      <div className="space-y-4">
        <GettingStarted projectId={project.id} />
        <BranchesPanel projectId={project.id} branches={branches} now={new Date().toISOString()} />
      </div>
    </>
  );
}
