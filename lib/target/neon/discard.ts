import { setTimeout as sleep } from "node:timers/promises";
import { FerryError } from "@/lib/errors/ferry-error";
import { CALL_TIMEOUT_MS, type NeonApi } from "./api";
import { NeonCallError } from "./call-error";
import { deleteBranch, listBranches, type OwnedBranch } from "./calls";
import { ownBranches, rootOf } from "./make-branch";
import { checkNewProject, deleteProject, ownProjects } from "./make-project";
import { awaitOperations } from "./operations";
import { ANNOTATION, type NeonMade, type NeonNotes, type NeonPlace } from "./place";

/** Longer than a request takes that nobody waits for any more. */
const LATE_MS = CALL_TIMEOUT_MS * 1.5;
const LOOK_AGAIN_MS = 1_000;

/** Deletes what the import has made, also what it never heard the answer of; nothing else. May be repeated. */
export async function discardNeon(api: NeonApi, place: NeonPlace, notes: NeonNotes): Promise<void> {
  const made = await notes.read();
  const projectIds = "id" in place.project ? [place.project.id] : await newProjects(api, place, made);
  for (const projectId of projectIds) {
    const isNew = !("id" in place.project);
    const branches = await branchesOf(api, projectId, place, made);
    if (branches === null) continue; // The project is gone, and its branches with it.
    const own = ownBranches(branches, place.importId);
    // A project that somebody has begun to use stays.
    const strangers = branches.filter(({ annotations }) => annotations[ANNOTATION] !== place.importId);
    if (isNew && strangers.length === 0) await deleteProject(api, projectId);
    else for (const branch of own) await deleteOwn(api, projectId, branch, branches);
  }
  await notes.forget(["branchId", "branchName", "branchAskedAt", "endpointId", "inheritedDatabaseId", "isReady"]);
  if (!("id" in place.project)) await notes.forget(["projectId", "projectAskedAt"]);
}

async function newProjects(api: NeonApi, { project, importId }: NeonPlace, made: NeonMade): Promise<string[]> {
  if (!("name" in project) || !made.projectAskedAt) return [];
  const askedAt = made.projectAskedAt;
  const { orgId } = await checkNewProject(api, project);
  const look = async () => (await ownProjects(api, { ...project, orgId }, importId, askedAt)).map(({ id }) => id);
  // Its number was heard of, so it is there; others may have been made by lost answers.
  return untilFound(api, look, made.projectId ? null : askedAt);
}

async function branchesOf(
  api: NeonApi,
  projectId: string,
  { importId }: NeonPlace,
  made: NeonMade,
): Promise<OwnedBranch[] | null> {
  let all: OwnedBranch[] = [];
  const look = async () => {
    all = await listBranches(api, projectId);
    return ownBranches(all, importId);
  };
  try {
    await untilFound(api, look, made.branchId ? null : (made.branchAskedAt ?? null));
    return all;
  } catch (error) {
    if (error instanceof NeonCallError && error.code === "neon.project_gone") return null;
    throw error;
  }
}

/** What was asked for a moment ago, and not heard of, may yet come. */
async function untilFound<T>(api: NeonApi, look: () => Promise<T[]>, askedAt: string | null): Promise<T[]> {
  for (;;) {
    const found = await look();
    const isLate = askedAt === null || Date.now() - Date.parse(askedAt) > LATE_MS || api.leftMs() < LOOK_AGAIN_MS;
    if (found.length > 0 || isLate) return found;
    await sleep(LOOK_AGAIN_MS);
  }
}

async function deleteOwn(api: NeonApi, projectId: string, branch: OwnedBranch, all: OwnedBranch[]): Promise<void> {
  refuseKept(branch, all);
  await awaitOperations(api, projectId, await deleteBranch(api, projectId, branch.id));
}

export function refuseKept(branch: OwnedBranch, all: readonly OwnedBranch[]): void {
  const reason = keptReason(branch, all);
  if (reason) throw new FerryError("neon.branch_kept", { branch: branch.name, reason });
}

/** Neon keeps some branches, and does not say it so plainly. Null where it may be deleted. Pure. */
export function keptReason(branch: OwnedBranch, all: readonly OwnedBranch[]): string | null {
  if (branch.default) return "it is the default branch";
  if (branch.protected) return "it is protected";
  if (branch.id === rootOf(all)?.id) return "it is the one that the project began with";
  const children = all.filter(({ parent_id }) => parent_id === branch.id).map((child) => child.name);
  return children.length > 0 ? `other branches were made from it (${children.join(", ")})` : null;
}
