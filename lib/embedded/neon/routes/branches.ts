import * as z from "zod";
import { annotationAnswer, branchAnswer, operationAnswer } from "../answers";
import { exists, refused } from "../api-error";
import {
  type Answer,
  bodyOf,
  branchOf,
  type Call,
  endpointOf,
  gone,
  ok,
  pageOf,
  projectOf,
  type Route,
  refuseLocked,
  schedule,
} from "../call";
import type { PlannedOperation } from "../operations";
import type { BranchRecord, OperationRecord, ProjectRecord } from "../records";
import { syncCatalogue } from "../sync-catalogue";
import { createBranch } from "./create-branch";
import { checkExpiry, entityName, expiry } from "./fields";

const PAGE = 10_000;

const updateBody = z.object({
  branch: z.object({
    name: entityName.optional(),
    protected: z.boolean().optional(),
    expires_at: expiry.nullable().optional(),
  }),
});

const SORTED_BY = { name: "name", created_at: "createdAt", updated_at: "updatedAt" } as const;

const list = async (call: Call) => {
  const project = projectOf(call);
  await Promise.all(project.branches.map((branch) => syncCatalogue(call.desk, project, branch)));
  const sortBy = (call.query.get("sort_by") ?? "updated_at") as keyof typeof SORTED_BY;
  const sortOrder = call.query.get("sort_order") === "asc" ? "asc" : "desc";
  const key = SORTED_BY[sortBy] ?? "updatedAt";
  const ascending = named(call, project).toSorted((a, b) => (a[key] < b[key] ? -1 : 1));
  const page = pageOf(call, sortOrder === "asc" ? ascending : ascending.toReversed(), PAGE);
  const next = page.hasMore ? { next: page.cursor } : {};
  return ok({
    branches: page.items.map((branch) => branchAnswer(project, branch)),
    annotations: Object.fromEntries(
      page.items.filter(isAnnotated).map((branch) => [branch.id, annotationAnswer(branch)]),
    ),
    pagination: { ...next, sort_by: sortBy, sort_order: sortOrder },
  });
};

function named({ query }: Call, { branches }: ProjectRecord): BranchRecord[] {
  const search = query.get("search") ?? "";
  return branches.filter(({ id, name }) => id.includes(search) || name.includes(search));
}

const isAnnotated = ({ annotations }: BranchRecord) => Object.keys(annotations).length > 0;

const count = (call: Call) => ok({ count: named(call, projectOf(call)).length });

const get = async (call: Call) => {
  const project = projectOf(call);
  const branch = branchOf(project, call.params.branch_id);
  await syncCatalogue(call.desk, project, branch);
  return ok({ branch: branchAnswer(project, branch), annotation: annotationAnswer(branch) });
};

const update = async (call: Call) => {
  const project = projectOf(call);
  const branch = branchOf(project, call.params.branch_id);
  const { branch: wanted } = bodyOf(call, updateBody);
  refuseLocked(project);
  if (wanted.name && project.branches.some(({ id, name }) => id !== branch.id && name === wanted.name)) {
    throw exists("branch", wanted.name);
  }
  if (wanted.expires_at) {
    if (branch.isDefault) throw refused("the default branch cannot expire");
    branch.expiresAt = checkExpiry(wanted.expires_at);
  }
  if (wanted.expires_at === null) branch.expiresAt = null;
  branch.name = wanted.name ?? branch.name;
  branch.isProtected = wanted.protected ?? branch.isProtected;
  branch.updatedAt = new Date().toISOString();
  return answer(project, branch, await schedule(call.desk, project, []));
};

const setAsDefault = async (call: Call) => {
  const project = projectOf(call);
  const branch = branchOf(project, call.params.branch_id);
  refuseLocked(project);
  if (branch.expiresAt !== null) throw refused("a branch that expires cannot be the default branch");
  for (const other of project.branches) other.isDefault = other.id === branch.id;
  branch.updatedAt = new Date().toISOString();
  return answer(project, branch, await schedule(call.desk, project, []));
};

const remove = async (call: Call) => {
  const project = projectOf(call);
  const branch = project.branches.find(({ id }) => id === call.params.branch_id);
  if (!branch) return gone;
  refuseLocked(project);
  if (branch.isDefault) throw refused("cannot delete the default branch");
  if (branch.parentId === null) throw refused("cannot delete a root branch");
  if (branch.isProtected) throw refused("cannot delete a protected branch");
  if (project.branches.some(({ parentId }) => parentId === branch.id)) {
    throw refused("cannot delete a branch that has children");
  }
  return answer(project, branch, await schedule(call.desk, project, deletion(project, branch)));
};

export function deletion(project: ProjectRecord, branch: BranchRecord): PlannedOperation[] {
  const branchId = branch.id;
  const endpoint = endpointOf(project, branch);
  const task = { kind: "remove-branch", branchId } as const;
  const removal: PlannedOperation = { action: "delete_timeline", branchId, task };
  if (!endpoint) return [removal];
  const endpointId = endpoint.id;
  endpoint.pendingState = "idle";
  return [{ action: "suspend_compute", branchId, endpointId, task: { kind: "suspend", endpointId } }, removal];
}

function answer(project: ProjectRecord, branch: BranchRecord, operations: OperationRecord[]): Answer {
  return ok({
    branch: branchAnswer(project, branch),
    operations: operations.map((operation) => operationAnswer(project, operation)),
  });
}

const BRANCHES = "/projects/{project_id}/branches";
const BRANCH = `${BRANCHES}/{branch_id}`;

export const branchRoutes: Route[] = [
  { call: "createProjectBranch", method: "POST", path: BRANCHES, handle: createBranch },
  { call: "listProjectBranches", method: "GET", path: BRANCHES, handle: list },
  { call: "countProjectBranches", method: "GET", path: `${BRANCHES}/count`, handle: count },
  { call: "getProjectBranch", method: "GET", path: BRANCH, handle: get },
  { call: "updateProjectBranch", method: "PATCH", path: BRANCH, handle: update },
  { call: "deleteProjectBranch", method: "DELETE", path: BRANCH, handle: remove },
  { call: "setDefaultProjectBranch", method: "POST", path: `${BRANCH}/set_as_default`, handle: setAsDefault },
];
