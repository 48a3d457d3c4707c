import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { attempt } from "@/app/_server/outcome";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { PageHead } from "@/app/_ui/page-head";
import { listNeonBranches } from "@/lib/imports/neon/branches";
import { getNeonProject, projectSchema } from "@/lib/imports/neon/projects";
import { BranchesPanel } from "./branches-panel";
import { GettingStarted } from "./getting-started";

export const metadata: Metadata = { title: "Project" };

const above = { href: "/projects", word: "Projects" };

export default async function ProjectPage({ params }: { params: Promise<{ id: string }> }) {
  const asked = projectSchema.safeParse({ projectId: (await params).id });
  if (!asked.success) notFound();
  const found = await attempt(() => Promise.all([getNeonProject(asked.data), listNeonBranches(asked.data)]));
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
