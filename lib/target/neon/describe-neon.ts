import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import type { TargetFacts } from "../target";
import type { NeonApi } from "./api";
import { getProject, listBranches, listDatabases, listEndpoints, type OwnedBranch } from "./calls";
import { connectionOf } from "./inside-branch";
import { rootOf } from "./make-branch";
import { checkNewProject } from "./make-project";
import type { NeonMade, NeonPlace } from "./place";

/** What is known of the branch before it is made: Neon says it of the project, and nobody is woken up for it. */
export async function describeNeon(api: NeonApi, place: NeonPlace, made: NeonMade): Promise<TargetFacts> {
  const known = "id" in place.project ? place.project.id : made.projectId;
  if (!known) {
    if (!("name" in place.project)) throw new Error("A project without an id is a new one.");
    await checkNewProject(api, place.project);
    const { pgVersion, regionId } = place.project;
    return { ...common(place, pgVersion, regionId), sizeLimitBytes: null, usedBytes: 0, branches: null };
  }
  const project = await getProject(api, known);
  const branches = await listBranches(api, known);
  const root = rootOf(branches);
  const limit = project.owner?.branches_limit ?? 0;
  const sizeLimit = project.branch_logical_size_limit_bytes ?? 0;
  return {
    ...common(place, project.pg_version, project.region_id),
    sizeLimitBytes: sizeLimit > 0 ? sizeLimit : null,
    usedBytes: root ? await inheritedBytes(api, known, root, place) : 0,
    branches: made.branchId || limit <= 0 ? null : { used: branches.length, limit },
  };
}

type Common = Omit<TargetFacts, "sizeLimitBytes" | "usedBytes" | "branches">;

function common({ database, role }: NeonPlace, pgVersion: number, regionId: string): Common {
  return {
    versionNumber: pgVersion * 10_000,
    version: String(pgVersion),
    versionText: `PostgreSQL ${pgVersion} on Neon`,
    database,
    user: role,
    isSuperuser: false,
    mayCreateSchemas: true,
    encoding: "UTF8",
    locale: null,
    host: hostOfRegion(regionId),
    systemIdentifier: null,
    objects: [],
    largeObjects: 0,
  };
}

/** `aws-eu-central-1` is `eu-central-1.aws.neon.tech`. Pure. */
export function hostOfRegion(regionId: string): string {
  const [platform = "", ...region] = regionId.split("-");
  return `${region.join("-")}.${platform}.neon.tech`;
}

/** What the parent holds counts in its branches too, but for the database that the import's own takes the place of. */
async function inheritedBytes(api: NeonApi, projectId: string, root: OwnedBranch, place: NeonPlace): Promise<number> {
  const databases = await listDatabases(api, projectId, root.id);
  return databases.every(({ name }) => name === place.database) ? 0 : (root.logical_size ?? 0);
}

/** The parent's database, where there is one with a compute: what it takes, its branches take. */
export async function askAt(api: NeonApi, place: NeonPlace, made: NeonMade): Promise<ConnectionSpec | null> {
  const projectId = "id" in place.project ? place.project.id : made.projectId;
  if (!projectId) return null;
  const root = rootOf(await listBranches(api, projectId));
  if (!root) return null;
  const [database] = await listDatabases(api, projectId, root.id);
  const endpoints = await listEndpoints(api, projectId, root.id);
  if (!database || endpoints.length === 0) return null;
  const at = { api, projectId, branchId: root.id };
  return connectionOf(at, { ...place, database: database.name, role: database.owner_name }, false, { mayReset: false });
}
