import { FerryError } from "@/lib/errors/ferry-error";
import { changedShape, madeProjectShape, type Project } from "./answers";
import { madeOnce, type NeonApi } from "./api";
import { getProject, listBranches, listOrganizations, listProjects, listRegions } from "./calls";
import { ANNOTATION, type NeonNotes, type NeonPlace, type NewProject } from "./place";

/** Names of projects are not unique: after an answer was lost, so long nothing is asked for again. */
const LOST_WAIT_MS = 4_000;
/** Clocks differ. */
const EARLIER_MS = 10 * 60_000;

/** Newest first, as Neon's API document has them (`PgVersion`). */
export const NEON_VERSIONS: readonly number[] = [18, 17, 16, 15, 14];

/** The project to import into: the one that was chosen, or a new one, made once. */
export async function ensureProject(api: NeonApi, place: NeonPlace, notes: NeonNotes): Promise<Project> {
  if ("id" in place.project) return getProject(api, place.project.id);
  const wish = place.project;
  const { projectId, projectAskedAt } = await notes.read();
  if (projectId) return getProject(api, projectId);
  const { orgId } = await checkNewProject(api, wish);
  const askedAt = projectAskedAt ?? new Date().toISOString();
  const isFirst = !projectAskedAt;
  await notes.write({ projectAskedAt: askedAt });
  let isLooked = isFirst;
  const find = async () => {
    // Before the first request there is nothing to be found.
    if (isLooked) {
      isLooked = false;
      return null;
    }
    const [own] = await ownProjects(api, { ...wish, orgId }, place.importId, askedAt);
    return own ?? null;
  };
  const made = await madeOnce(api, find, () => createProject(api, { ...wish, orgId }, place.importId), LOST_WAIT_MS);
  // Two calls at once may each have made one: both keep the older.
  const [kept = made, ...others] = await ownProjects(api, { ...wish, orgId }, place.importId, askedAt);
  for (const other of others) await deleteProject(api, other.id);
  await notes.write({ projectId: kept.id });
  return kept;
}

/** Refuses what Neon does not have; says in which organization it will be. */
export async function checkNewProject(api: NeonApi, wish: NewProject): Promise<{ orgId: string | null }> {
  const { regionId, pgVersion } = wish;
  if (!NEON_VERSIONS.includes(pgVersion)) throw versionUnknown(pgVersion);
  const orgId = wish.orgId ?? (await onlyOrganization(api));
  const regions = await listRegions(api, orgId);
  // Where the key may not ask for them, Neon says no when the project is made.
  if (regions.length > 0 && !regions.some((region) => region.region_id === regionId)) {
    const known = regions.map((region) => region.region_id).join(", ");
    throw new FerryError("neon.region_unknown", { region: regionId, known });
  }
  return { orgId };
}

export const versionUnknown = (version: number, known = NEON_VERSIONS): FerryError =>
  new FerryError("neon.version_unknown", { version, known: known.toReversed().join(", ") });

async function onlyOrganization(api: NeonApi): Promise<string | null> {
  const organizations = await listOrganizations(api);
  if (organizations.length <= 1) return organizations[0]?.id ?? null;
  const names = organizations.map(({ id, name }) => `${name} (${id})`).join(", ");
  throw new FerryError("neon.organization_needed", { names });
}

/** Those that this import has asked for, the oldest first: their first branch has the import's id. */
export async function ownProjects(
  api: NeonApi,
  wish: NewProject,
  importId: string,
  askedAt: string,
): Promise<Project[]> {
  const since = Date.parse(askedAt) - EARLIER_MS;
  const named = await listProjects(api, wish.orgId, wish.name);
  const own: Project[] = [];
  for (const project of named) {
    if (project.name !== wish.name || Date.parse(project.created_at) < since) continue;
    const branches = await listBranches(api, project.id);
    if (branches.some(({ annotations }) => annotations[ANNOTATION] === importId)) own.push(project);
  }
  return own.sort((one, other) => one.created_at.localeCompare(other.created_at) || one.id.localeCompare(other.id));
}

async function createProject(api: NeonApi, wish: NewProject, importId: string): Promise<Project> {
  const { name, regionId, pgVersion, orgId } = wish;
  const { project } = await api.change({
    name: "createProject",
    doing: "make a project",
    region: regionId,
    version: pgVersion,
    shape: madeProjectShape,
    send: (client) =>
      client.createProject({
        project: {
          name,
          region_id: regionId,
          pg_version: pgVersion,
          branch: { annotations: { [ANNOTATION]: importId } },
          ...(orgId ? { org_id: orgId } : {}),
        },
      }),
  });
  return project;
}

export async function deleteProject(api: NeonApi, projectId: string): Promise<void> {
  await api.repeat({
    name: "deleteProject",
    doing: "delete a project",
    project: projectId,
    shape: changedShape,
    send: (client) => client.deleteProject(projectId),
  });
}
