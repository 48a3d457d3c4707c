"use server";

import { refresh } from "next/cache";
import { allowAction, note } from "@/app/_server/access";
import { attempt, type Outcome } from "@/app/_server/outcome";
import type { Deed } from "@/lib/accounts/audit";
import { personOf } from "@/lib/accounts/viewer";
import { type Asked, forgetNeonKey, neonKeySchema, saveNeonKey } from "@/lib/imports/neon/account";
import {
  type BranchRef,
  branchSchema,
  connectionStringsSchema,
  deleteBranchSchema,
  deleteNeonBranch,
  listNeonBranches,
  type NeonBranchView,
  type NeonConnectionStrings,
  neonConnectionStrings,
  renameBranchSchema,
  renameNeonBranch,
  setDefaultNeonBranch,
} from "@/lib/imports/neon/branches";
import { nextNeonBranchName } from "@/lib/imports/neon/projects";
import { limitRate } from "@/lib/requests/limit-rate";

export async function saveKey(key: string): Promise<Outcome> {
  return changing("neon_key.stored", async (asked) => {
    await limitRate("connect", { user: asked.by });
    const { lastFour } = await saveNeonKey({ ...neonKeySchema.parse({ key }), ...asked });
    return { detail: `It ends in ${lastFour}` };
  });
}

export async function forgetKey(): Promise<Outcome> {
  return changing("neon_key.removed", async (asked) => {
    await forgetNeonKey(asked);
    return {};
  });
}

/** The one way in which a branch's password reaches a browser: somebody asked to copy it. */
export async function connectionStrings(projectId: string, branchId: string): Promise<Outcome<NeonConnectionStrings>> {
  return attempt(async () => {
    const viewer = await allowAction("neon.reveal");
    const ref = connectionStringsSchema.parse({ projectId, branchId });
    const strings = await neonConnectionStrings({ ...ref, by: personOf(viewer) });
    await note({ viewer, deed: "branch.revealed", ...branchOf(ref) });
    return strings;
  });
}

/** How a branch is now; null when it is gone. */
export async function branchState(projectId: string, branchId: string): Promise<Outcome<NeonBranchView | null>> {
  return attempt(async () => {
    const by = personOf(await allowAction("neon.read"));
    const ref = branchSchema.parse({ projectId, branchId });
    const branches = await listNeonBranches({ projectId: ref.projectId, by });
    return branches.find(({ id }) => id === ref.branchId) ?? null;
  });
}

export async function setDefault(projectId: string, branchId: string): Promise<Outcome> {
  return changing("branch.made_default", async (asked) => {
    const ref = branchSchema.parse({ projectId, branchId });
    await setDefaultNeonBranch({ ...ref, ...asked });
    return branchOf(ref);
  });
}

export async function rename(projectId: string, branchId: string, name: string): Promise<Outcome> {
  return changing("branch.renamed", async (asked) => {
    const ref = renameBranchSchema.parse({ projectId, branchId, name });
    await renameNeonBranch({ ...ref, ...asked });
    return branchOf(ref);
  });
}

export async function remove(projectId: string, branchId: string, typedName: string): Promise<Outcome> {
  return changing("branch.deleted", async (asked) => {
    const ref = deleteBranchSchema.parse({ projectId, branchId, typedName });
    await deleteNeonBranch({ ...ref, ...asked });
    return { ...branchOf(ref), detail: typedName };
  });
}

export async function branchName(projectId: string | null): Promise<Outcome<{ name: string }>> {
  return attempt(async () => {
    const by = personOf(await allowAction("neon.read"));
    return nextNeonBranchName({ by, ...(projectId === null ? {} : { projectId }) });
  });
}

/** As the audit log names a branch. */
const branchOf = ({ projectId, branchId }: BranchRef) => ({ subject: `${projectId}/${branchId}` });

interface Done {
  subject?: string;
  detail?: string;
}

/** Allowed first, and noted when it is done. */
async function changing(deed: Deed, verb: (asked: Asked) => Promise<Done>): Promise<Outcome> {
  const outcome = await attempt(async () => {
    const viewer = await allowAction("neon.change");
    const done = await verb({ by: personOf(viewer) });
    await note({ viewer, deed, ...done });
    return null;
  });
  refresh();
  return outcome;
}
