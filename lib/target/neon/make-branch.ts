import type { EndpointType } from "@neondatabase/api-client";
import { FerryError } from "@/lib/errors/ferry-error";
import { type Branch, branchAndOperationsShape, type Project } from "./answers";
import { madeOnce, type NeonApi } from "./api";
import { NeonCallError } from "./call-error";
import { deleteBranch, listBranches, type OwnedBranch } from "./calls";
import { importCompute, limitsOf, normalCompute } from "./compute";
import { freeName } from "./names";
import { awaitOperations, settleBranch } from "./operations";
import { ANNOTATION, type NeonNotes, type NeonPlace } from "./place";

/** The client's enum would have to be loaded for its only value. */
export const READ_WRITE = "read_write" as EndpointType;

/** Two imports may want one name in the same minute. */
const MOST_NAMES = 20;

/**
 * The import's own branch, made once. It is made from the project's first branch, and not from the default one: so an
 * import that has become the default can be deleted when the next one has taken its place.
 */
export async function ensureBranch(
  api: NeonApi,
  project: Project,
  place: NeonPlace,
  notes: NeonNotes,
): Promise<OwnedBranch> {
  const branch = await ownOrNew(api, project, place, notes);
  await notes.write({ branchId: branch.id });
  return branch;
}

async function ownOrNew(api: NeonApi, project: Project, place: NeonPlace, notes: NeonNotes): Promise<OwnedBranch> {
  for (let names = 0; names < MOST_NAMES; names++) {
    let branches = await listBranches(api, project.id);
    const own = ownBranches(branches, place.importId)[0];
    if (own) return own;
    const { branchId, branchName } = await notes.read();
    if (branchId) throw new FerryError("neon.branch_gone", { branch: branchName ?? branchId });
    const taken = new Set(branches.map(({ name }) => name));
    if (branchName && taken.has(branchName)) await notes.forget(["branchName"]);
    const parent = rootOf(branches);
    // A project that was made a moment ago is not ready for branches.
    if (parent?.current_state === "init") await settleBranch(api, project.id, parent.id);
    const normal = normalCompute(project);
    const decided = await notes.decide({ branchName: freeName(place.branchName, taken), normalCompute: normal });
    await notes.write({ branchAskedAt: new Date().toISOString() });
    const name = decided.branchName ?? place.branchName;
    let isKnown = true;
    const find = async () => {
      if (!isKnown) branches = await listBranches(api, project.id);
      isKnown = false;
      return ownBranches(branches, place.importId)[0] ?? null;
    };
    try {
      return await madeOnce(api, find, () => createSized(api, project, place, { name, parentId: parent?.id }));
    } catch (error) {
      // By an earlier request whose answer was lost, or by somebody else, for whom the next name is taken.
      if (!(error instanceof NeonCallError) || error.verdict !== "exists") throw error;
    }
  }
  throw new FerryError("neon.refused", {
    doing: "make a branch",
    reason: `${place.branchName} is taken, as are others`,
  });
}

/** Those that this import has made, the oldest first. Pure. */
export function ownBranches(branches: readonly OwnedBranch[], importId: string): OwnedBranch[] {
  return branches
    .filter(({ annotations, parent_id }) => annotations[ANNOTATION] === importId && parent_id !== undefined)
    .sort((one, other) => one.created_at.localeCompare(other.created_at));
}

/** The branch that the project began with. Pure. */
export function rootOf<B extends Branch>(branches: readonly B[]): B | undefined {
  const roots = branches.filter(({ parent_id }) => parent_id === undefined);
  return roots.sort((one, other) => one.created_at.localeCompare(other.created_at))[0];
}

interface Wanted {
  name: string;
  parentId: string | undefined;
}

/** What a plan may not allow is left out then: a compute for the import (the project's own will do), and an end by itself. */
async function createSized(api: NeonApi, project: Project, place: NeonPlace, wanted: Wanted): Promise<OwnedBranch> {
  let limits: object = limitsOf(importCompute(normalCompute(project), place.sourceBytes));
  let { expiresAt } = place;
  for (;;) {
    try {
      return await create(api, project, { ...place, expiresAt }, wanted, limits);
    } catch (error) {
      if (expiresAt && isAbout(error, /expir/i)) expiresAt = null;
      else if (Object.keys(limits).length > 0 && isAbout(error, /compute|autoscaling|\bcu\b/i)) limits = {};
      else throw error;
    }
  }
}

const isAbout = (error: unknown, subject: RegExp): boolean =>
  error instanceof NeonCallError && error.verdict === "refused" && subject.test(error.trouble.message);

async function create(
  api: NeonApi,
  project: Project,
  place: NeonPlace,
  { name, parentId }: Wanted,
  limits: object,
): Promise<OwnedBranch> {
  const annotations = { [ANNOTATION]: place.importId };
  const { branch } = await api.change({
    name: "createProjectBranch",
    doing: "make a branch",
    project: project.id,
    shape: branchAndOperationsShape,
    send: (client) =>
      client.createProjectBranch(project.id, {
        branch: {
          name,
          init_source: "parent-data",
          ...(parentId ? { parent_id: parentId } : {}),
          ...(place.expiresAt ? { expires_at: place.expiresAt } : {}),
        },
        endpoints: [{ type: READ_WRITE, ...limits }],
        annotation_value: annotations,
      }),
  });
  return { ...branch, annotations };
}

/**
 * Waits until the branch can be used. One that Neon could not make is deleted, since nothing is in it yet: a retry begins
 * with another.
 */
export async function untilUsable(
  api: NeonApi,
  projectId: string,
  branchId: string,
  notes: NeonNotes,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await settleBranch(api, projectId, branchId);
    await work();
  } catch (error) {
    if (!(error instanceof FerryError) || error.code !== "neon.operation_failed") throw error;
    await awaitOperations(api, projectId, await deleteBranch(api, projectId, branchId));
    await notes.forget(["branchId", "branchName", "branchAskedAt", "endpointId", "inheritedDatabaseId", "isReady"]);
    throw error;
  }
}
