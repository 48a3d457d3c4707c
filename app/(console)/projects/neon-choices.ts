import type { Asked } from "@/lib/imports/neon/account";
import { listNeonProjects, listNeonRegions, neonVersions } from "@/lib/imports/neon/projects";

/** What there is to choose from where an import may land on Neon. */
export async function neonChoices(asked: Asked) {
  const [projects, regions, versions] = await Promise.all([
    listNeonProjects(asked),
    listNeonRegions(asked),
    neonVersions(asked),
  ]);
  return {
    projects: projects.map(({ id, name }) => ({ id, name })),
    regions: regions.map(({ id, name }) => ({ id, name })),
    versions,
  };
}
