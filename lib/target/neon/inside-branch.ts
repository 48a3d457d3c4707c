import * as z from "zod";
import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import {
  changedShape,
  type Endpoint,
  endpointShape,
  operationShape,
  passwordShape,
  rolesShape,
  roleWithPasswordShape,
  uriShape,
} from "./answers";
import { madeOnce, type NeonApi } from "./api";
import { NeonCallError } from "./call-error";
import { listDatabases, listEndpoints } from "./calls";
import { isSameSize, limitsOf, sizeOf } from "./compute";
import { specOfUri } from "./connection-uri";
import { READ_WRITE } from "./make-branch";
import { awaitOperations } from "./operations";
import type { NeonMade, NeonNotes, NeonPlace } from "./place";

export interface InBranch {
  api: NeonApi;
  projectId: string;
  branchId: string;
}

/** The compute that reads and writes; a branch has one at most. */
export async function ensureEndpoint({ api, projectId, branchId }: InBranch): Promise<Endpoint> {
  const find = async () =>
    (await listEndpoints(api, projectId, branchId)).find(({ type }) => type === READ_WRITE) ?? null;
  return madeOnce(api, find, async () => {
    const { endpoint, operations } = await api.change({
      name: "createProjectEndpoint",
      doing: "make a compute",
      branch: branchId,
      shape: z.object({ endpoint: endpointShape, operations: z.array(operationShape).default([]) }),
      send: (client) =>
        client.createProjectEndpoint(projectId, { endpoint: { branch_id: branchId, type: READ_WRITE } }),
    });
    await awaitOperations(api, projectId, operations);
    return endpoint;
  });
}

/** The role that owns the database. One that the parent has too is the branch's own all the same. */
export async function ensureRole(at: InBranch, role: string): Promise<void> {
  const { api, projectId, branchId } = at;
  const find = async () => {
    const { roles } = await api.read({
      name: "listProjectBranchRoles",
      doing: "list roles",
      branch: branchId,
      shape: rolesShape,
      send: (client) => client.listProjectBranchRoles(projectId, branchId),
    });
    return roles.some(({ name }) => name === role) || null;
  };
  await madeOnce(api, find, async () => {
    const { operations } = await changing(at, "createProjectBranchRole", "make a role", (client) =>
      client.createProjectBranchRole(projectId, branchId, { role: { name: role } }),
    );
    await awaitOperations(api, projectId, operations);
    return true;
  });
}

/** An empty database. One of that name that came with the parent goes first: it stays as it is in the parent. */
export async function ensureDatabase(at: InBranch, place: NeonPlace, notes: NeonNotes): Promise<void> {
  const { api, projectId, branchId } = at;
  const { database, role } = place;
  const named = async () =>
    (await listDatabases(api, projectId, branchId)).find(({ name }) => name === database) ?? null;
  const { inheritedDatabaseId } = await notes.read();
  const before = await named();
  const inherited = inheritedDatabaseId === undefined ? (before?.id ?? null) : inheritedDatabaseId;
  if (inheritedDatabaseId === undefined) await notes.decide({ inheritedDatabaseId: inherited });
  if (before && before.id === inherited) {
    const { operations } = await changing(
      at,
      "deleteProjectBranchDatabase",
      "delete a database of the branch",
      (client) => client.deleteProjectBranchDatabase(projectId, branchId, database),
    );
    await awaitOperations(api, projectId, operations);
  }
  const isOwn = async () => {
    const found = await named();
    return (found && found.id !== inherited) || null;
  };
  await madeOnce(api, isOwn, async () => {
    const { operations } = await changing(at, "createProjectBranchDatabase", "make a database", (client) =>
      client.createProjectBranchDatabase(projectId, branchId, { database: { name: database, owner_name: role } }),
    );
    await awaitOperations(api, projectId, operations);
    return true;
  });
}

/** How the branch's database is reached, with the password that Neon keeps; a project that keeps none gets a new one. */
export async function connectionOf(
  at: InBranch,
  { database, role }: Pick<NeonPlace, "database" | "role">,
  pooled: boolean,
  { mayReset = true } = {},
): Promise<ConnectionSpec> {
  const { api, projectId, branchId } = at;
  const { uri } = await api.read({
    name: "getConnectionUri",
    doing: "tell the connection string",
    branch: branchId,
    shape: uriShape,
    send: (client) =>
      client.getConnectionUri({ projectId, branch_id: branchId, database_name: database, role_name: role, pooled }),
  });
  const spec: ConnectionSpec = { ...specOfUri(uri), ...(api.isHere ? { isOwn: true } : {}) };
  return spec.password === null ? { ...spec, password: await passwordOf(at, role, mayReset) } : spec;
}

const PASSWORDS_NOT_KEPT = 412;

async function passwordOf({ api, projectId, branchId }: InBranch, role: string, mayReset: boolean): Promise<string> {
  try {
    const { password } = await api.read({
      name: "getProjectBranchRolePassword",
      doing: "tell the role's password",
      branch: branchId,
      shape: passwordShape,
      send: (client) => client.getProjectBranchRolePassword(projectId, branchId, role),
    });
    return password;
  } catch (error) {
    if (!(error instanceof NeonCallError) || error.trouble.status !== PASSWORDS_NOT_KEPT || !mayReset) throw error;
  }
  const { role: reset, operations } = await api.repeat({
    name: "resetProjectBranchRolePassword",
    doing: "set the role's password",
    branch: branchId,
    shape: roleWithPasswordShape,
    send: (client) => client.resetProjectBranchRolePassword(projectId, branchId, role),
  });
  await awaitOperations(api, projectId, operations);
  return reset.password;
}

/** Sets the compute back to the project's own size. */
export async function setBackCompute({ api, projectId, branchId }: InBranch, made: NeonMade): Promise<void> {
  const { endpointId, normalCompute } = made;
  const endpoint = (await listEndpoints(api, projectId, branchId)).find(({ id }) => id === endpointId);
  if (!endpoint || !normalCompute) return;
  // Another size means another start of the compute.
  if (isSameSize(sizeOf(endpoint), normalCompute)) return;
  const { operations } = await api.repeat({
    name: "updateProjectEndpoint",
    doing: "size the compute",
    branch: branchId,
    shape: changedShape,
    send: (client) => client.updateProjectEndpoint(projectId, endpoint.id, { endpoint: limitsOf(normalCompute) }),
  });
  await awaitOperations(api, projectId, operations);
}

type Changing = "createProjectBranchRole" | "createProjectBranchDatabase" | "deleteProjectBranchDatabase";

/** A change that says that it is made already has been made by a request whose answer was lost: see `madeOnce`. */
async function changing(
  { api, branchId }: InBranch,
  name: Changing,
  doing: string,
  send: Parameters<typeof api.change>[0]["send"],
) {
  const request = { name, doing, branch: branchId, shape: changedShape, send };
  if (name === "deleteProjectBranchDatabase") return api.repeat(request);
  try {
    return await api.change(request);
  } catch (error) {
    if (error instanceof NeonCallError && error.verdict === "exists") return { operations: [] };
    throw error;
  }
}

export const notMade = (branch: string) => new FerryError("neon.branch_gone", { branch });
