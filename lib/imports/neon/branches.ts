import * as z from "zod";
import { FerryError } from "@/lib/errors/ferry-error";
import { secretsOf } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { rememberSecrets } from "@/lib/security/redact";
import type { NeonApi } from "@/lib/target/neon/api";
import {
  deleteBranch,
  listBranches,
  listDatabases,
  type OwnedBranch,
  renameBranch,
  setDefaultBranch,
} from "@/lib/target/neon/calls";
import { keptReason, refuseKept } from "@/lib/target/neon/discard";
import { connectionOf } from "@/lib/target/neon/inside-branch";
import { awaitOperations } from "@/lib/target/neon/operations";
import { ANNOTATION } from "@/lib/target/neon/place";
import { type Asked, openNeonApi } from "./account";

export interface NeonBranchView {
  id: string;
  name: string;
  /** Null for one that was not made from another. */
  parentId: string | null;
  isDefault: boolean;
  isProtected: boolean;
  /** `init`, `ready`, `archived` … */
  state: string;
  sizeBytes: number | null;
  createdAt: string;
  /** When it deletes itself. */
  expiresAt: string | null;
  /** The import that made it; null for others. */
  importId: string | null;
  /** Why it cannot be deleted; null where it can. */
  keptBecause: string | null;
}

const id = z.string().regex(/^[a-z0-9-]{1,60}$/);
export const branchSchema = z.object({ projectId: id, branchId: id });
export type BranchRef = z.infer<typeof branchSchema>;
export const renameBranchSchema = branchSchema.extend({ name: z.string().trim().min(1).max(256) });
export const deleteBranchSchema = branchSchema.extend({ typedName: z.string() });
export const connectionStringsSchema = branchSchema.extend({ database: z.string().min(1).optional() });

/** The default branch first, then the newest. */
export async function listNeonBranches({ projectId, by }: { projectId: string } & Asked): Promise<NeonBranchView[]> {
  const branches = await listBranches(await openNeonApi({ by }), projectId);
  return branches
    .map((branch) => viewOf(branch, branches))
    .sort(
      (one, other) => Number(other.isDefault) - Number(one.isDefault) || other.createdAt.localeCompare(one.createdAt),
    );
}

export async function setDefaultNeonBranch({ projectId, branchId, by }: BranchRef & Asked): Promise<void> {
  const api = await openNeonApi({ by });
  await findBranch(api, { projectId, branchId });
  const { operations } = await setDefaultBranch(api, projectId, branchId);
  await awaitOperations(api, projectId, operations);
}

export async function renameNeonBranch({
  projectId,
  branchId,
  name,
  by,
}: z.infer<typeof renameBranchSchema> & Asked): Promise<void> {
  const api = await openNeonApi({ by });
  await findBranch(api, { projectId, branchId });
  const { operations } = await renameBranch(api, projectId, branchId, name);
  await awaitOperations(api, projectId, operations);
}

/** Deletes a branch with all that is in it, if its name was typed as it stands there. */
export async function deleteNeonBranch(request: z.infer<typeof deleteBranchSchema> & Asked): Promise<void> {
  const { projectId, branchId, typedName } = request;
  const api = await openNeonApi(request);
  const { branch, all } = await findBranch(api, { projectId, branchId });
  if (branch.name !== typedName) throw new FerryError("neon.name_mismatch", { branch: branch.name });
  refuseKept(branch, all);
  await awaitOperations(api, projectId, await deleteBranch(api, projectId, branchId));
}

export interface NeonConnectionStrings {
  database: string;
  role: string;
  /** The server itself; with the password. */
  direct: string;
  /** Through Neon's pooler, for applications. */
  pooled: string;
  /** Of which databases there are strings. */
  databases: string[];
}

/** Connection strings with the password: made only when somebody who may asks for them. */
export async function neonConnectionStrings(
  request: z.infer<typeof connectionStringsSchema> & Asked,
): Promise<NeonConnectionStrings> {
  const { projectId, branchId } = request;
  const api = await openNeonApi(request);
  const { branch } = await findBranch(api, { projectId, branchId });
  const databases = await listDatabases(api, projectId, branchId);
  // The newest is the one that an import has made; those before it came with the branch.
  const newestFirst = databases.toSorted((one, other) => other.id - one.id);
  const found = newestFirst.find(({ name }) => request.database === undefined || name === request.database);
  if (!found)
    throw new FerryError("neon.refused", {
      doing: "tell the connection string",
      reason: `${branch.name} has no such database`,
    });
  const at = { api, projectId, branchId };
  const inside = { database: found.name, role: found.owner_name };
  // Somebody may use the password that there is: none is set anew for this.
  const [direct, pooled] = await Promise.all([
    connectionOf(at, inside, false, { mayReset: false }),
    connectionOf(at, inside, true, { mayReset: false }),
  ]);
  rememberSecrets(secretsOf(direct));
  return {
    ...inside,
    direct: connectionUrl(direct),
    pooled: connectionUrl(pooled),
    databases: databases.map(({ name }) => name),
  };
}

async function findBranch(
  api: NeonApi,
  { projectId, branchId }: BranchRef,
): Promise<{ branch: OwnedBranch; all: OwnedBranch[] }> {
  const all = await listBranches(api, projectId);
  const branch = all.find((one) => one.id === branchId);
  if (!branch) throw new FerryError("neon.branch_gone", { branch: branchId });
  return { branch, all };
}

function viewOf(branch: OwnedBranch, all: readonly OwnedBranch[]): NeonBranchView {
  return {
    id: branch.id,
    name: branch.name,
    parentId: branch.parent_id ?? null,
    isDefault: branch.default,
    isProtected: branch.protected,
    state: branch.current_state,
    sizeBytes: branch.logical_size ?? null,
    createdAt: branch.created_at,
    expiresAt: branch.expires_at ?? null,
    importId: branch.parent_id === undefined ? null : (branch.annotations[ANNOTATION] ?? null),
    keptBecause: keptReason(branch, all),
  };
}
