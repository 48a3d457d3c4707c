import * as z from "zod";
import {
  type Branch,
  branchAndOperationsShape,
  branchesShape,
  changedShape,
  databasesShape,
  endpointsShape,
  type Operation,
  organizationsShape,
  type Project,
  projectShape,
  projectsShape,
  regionsShape,
} from "./answers";
import type { NeonApi } from "./api";
import { NeonCallError } from "./call-error";

/** Requests that more than one part makes. Lists are read to their end. */
const AT_ONCE = 400;
const MOST_PAGES = 100;

export async function getProject(api: NeonApi, id: string): Promise<Project> {
  const { project } = await api.read({
    name: "getProject",
    doing: "show a project",
    project: id,
    shape: z.object({ project: projectShape }),
    send: (client) => client.getProject(id),
  });
  return project;
}

export async function listProjects(api: NeonApi, orgId: string | null, search?: string): Promise<Project[]> {
  const all: Project[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { projects, pagination } = await api.read({
      name: "listProjects",
      doing: "list projects",
      shape: projectsShape,
      send: (client) =>
        client.listProjects({
          limit: AT_ONCE,
          ...(orgId ? { org_id: orgId } : {}),
          ...(search ? { search } : {}),
          ...(cursor ? { cursor } : {}),
        }),
    });
    all.push(...projects);
    // The last page has a cursor too.
    if (projects.length < AT_ONCE || !pagination || pagination.cursor === cursor) break;
    cursor = pagination.cursor;
  }
  return all;
}

/** A branch with the id of the import that made it, if one did. */
export type OwnedBranch = Branch & { annotations: Record<string, string> };

export async function listBranches(api: NeonApi, projectId: string): Promise<OwnedBranch[]> {
  const all: OwnedBranch[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { branches, annotations, pagination } = await api.read({
      name: "listProjectBranches",
      doing: "list branches",
      project: projectId,
      shape: branchesShape,
      send: (client) => client.listProjectBranches({ projectId, limit: AT_ONCE, ...(cursor ? { cursor } : {}) }),
    });
    all.push(...branches.map((branch) => ({ ...branch, annotations: annotations[branch.id]?.value ?? {} })));
    if (branches.length < AT_ONCE || !pagination?.next || pagination.next === cursor) break;
    cursor = pagination.next;
  }
  return all;
}

export async function listEndpoints(api: NeonApi, projectId: string, branchId: string) {
  const { endpoints } = await api.read({
    name: "listProjectBranchEndpoints",
    doing: "list computes",
    branch: branchId,
    shape: endpointsShape,
    send: (client) => client.listProjectBranchEndpoints(projectId, branchId),
  });
  return endpoints;
}

export async function listDatabases(api: NeonApi, projectId: string, branchId: string) {
  const { databases } = await api.read({
    name: "listProjectBranchDatabases",
    doing: "list databases",
    branch: branchId,
    shape: databasesShape,
    send: (client) => client.listProjectBranchDatabases(projectId, branchId),
  });
  return databases;
}

/** A key that belongs to one organization, or to one project, speaks for no person: Neon may refuse to list for it. */
async function orNone<T>(list: Promise<T[]>): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    if (error instanceof NeonCallError && error.trouble.status === 404) return [];
    throw error;
  }
}

/** None where the key itself says which one is meant. */
export const listOrganizations = (api: NeonApi) => orNone(readOrganizations(api));

/** None where the key may not ask. */
export const listRegions = (api: NeonApi, orgId: string | null) => orNone(readRegions(api, orgId));

/** Neon takes any valid key for this. */
export async function checkKey(api: NeonApi): Promise<void> {
  await api.read({
    name: "getAuthDetails",
    doing: "check the key",
    shape: z.object({ auth_method: z.string() }),
    send: (client) => client.getAuthDetails(),
  });
}

async function readOrganizations(api: NeonApi) {
  const { organizations } = await api.read({
    name: "getCurrentUserOrganizations",
    doing: "list organizations",
    shape: organizationsShape,
    send: (client) => client.getCurrentUserOrganizations(),
  });
  return organizations;
}

async function readRegions(api: NeonApi, orgId: string | null) {
  const { regions } = await api.read({
    name: "getActiveRegions",
    doing: "list regions",
    shape: regionsShape,
    send: (client) => client.getActiveRegions(orgId ? { org_id: orgId } : {}),
  });
  return regions;
}

/** What was deleted before is deleted. */
export async function deleteBranch(api: NeonApi, projectId: string, branchId: string): Promise<Operation[]> {
  const { operations } = await api.repeat({
    name: "deleteProjectBranch",
    doing: "delete a branch",
    branch: branchId,
    shape: changedShape,
    send: (client) => client.deleteProjectBranch({ projectId, branchId }),
  });
  return operations;
}

export async function renameBranch(api: NeonApi, projectId: string, branchId: string, name: string) {
  return api.repeat({
    name: "updateProjectBranch",
    doing: "rename a branch",
    branch: branchId,
    shape: branchAndOperationsShape,
    send: (client) => client.updateProjectBranch(projectId, branchId, { branch: { name } }),
  });
}

export async function setDefaultBranch(api: NeonApi, projectId: string, branchId: string) {
  return api.repeat({
    name: "setDefaultProjectBranch",
    doing: "set the default branch",
    branch: branchId,
    shape: branchAndOperationsShape,
    send: (client) => client.setDefaultProjectBranch(projectId, branchId),
  });
}
