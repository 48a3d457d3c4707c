import * as z from "zod";
import type { Project } from "@/lib/target/neon/answers";
import { getProject, listOrganizations, listProjects, listRegions } from "@/lib/target/neon/calls";
import { importBranchName } from "@/lib/target/neon/names";
import { type Asked, openNeonAccount, openNeonApi } from "./account";
import { listNeonBranches } from "./branches";

export interface NeonProjectView {
  id: string;
  name: string;
  orgId: string | null;
  regionId: string;
  pgVersion: number;
  createdAt: string;
  /** How much a branch may hold; null where that is not limited. */
  branchSizeLimitBytes: number | null;
}

export const projectSchema = z.object({ projectId: z.string().regex(/^[a-z0-9-]{1,60}$/) });

const viewOf = (project: Project): NeonProjectView => ({
  id: project.id,
  name: project.name,
  orgId: project.org_id ?? null,
  regionId: project.region_id,
  pgVersion: project.pg_version,
  createdAt: project.created_at,
  branchSizeLimitBytes: project.branch_logical_size_limit_bytes || null,
});

/** The account's projects, those of one organization or of all of them, the newest first. */
export async function listNeonProjects({ orgId, by }: { orgId?: string } & Asked): Promise<NeonProjectView[]> {
  const api = await openNeonApi({ by });
  const organizations = orgId ? [orgId] : (await listOrganizations(api)).map(({ id }) => id);
  // An account without an organization has projects of its own.
  const lists = await Promise.all(
    (organizations.length > 0 ? organizations : [null]).map((id) => listProjects(api, id)),
  );
  return lists
    .flat()
    .map(viewOf)
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
}

export async function getNeonProject({
  projectId,
  by,
}: z.infer<typeof projectSchema> & Asked): Promise<NeonProjectView> {
  return viewOf(await getProject(await openNeonApi({ by }), projectId));
}

export async function listNeonOrganizations(asked: Asked): Promise<{ id: string; name: string; plan: string }[]> {
  return listOrganizations(await openNeonApi(asked));
}

/** Where a new project may be, the usual region first. */
export async function listNeonRegions({
  orgId,
  by,
}: {
  orgId?: string;
} & Asked): Promise<{ id: string; name: string; isDefault: boolean }[]> {
  const regions = await listRegions(await openNeonApi({ by }), orgId ?? null);
  return regions
    .map((region) => ({ id: region.region_id, name: region.name, isDefault: region.default }))
    .sort((one, other) => Number(other.isDefault) - Number(one.isDefault));
}

/** The Postgres versions that a new project may have, newest first. */
export async function neonVersions(asked: Asked): Promise<number[]> {
  return [...(await openNeonAccount(asked)).versions];
}

/** What the next import's branch would be called. */
export async function nextNeonBranchName({ projectId, by }: { projectId?: string } & Asked): Promise<{ name: string }> {
  const taken = projectId ? (await listNeonBranches({ projectId, by })).map(({ name }) => name) : [];
  return { name: importBranchName(new Date(), new Set(taken)) };
}
