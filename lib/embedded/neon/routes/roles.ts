import * as z from "zod";
import { operationAnswer, roleAnswer } from "../answers";
import { exists, NeonApiError, notFound, refused } from "../api-error";
import { bodyOf, branchOf, type Call, created, gone, ok, projectOf, type Route, refuseLocked, schedule } from "../call";
import { newPassword } from "../ids";
import type { BranchRecord, OperationRecord, ProjectRecord, RoleRecord, Task } from "../records";
import { syncCatalogue } from "../sync-catalogue";
import { catalogueName } from "./fields";

/** Neon's own limit. */
const MOST = 500;

const createBody = z.object({ role: z.object({ name: catalogueName, no_login: z.boolean().optional() }) });

async function branchNow(call: Call): Promise<{ project: ProjectRecord; branch: BranchRecord }> {
  const project = projectOf(call);
  const branch = branchOf(project, call.params.branch_id);
  await syncCatalogue(call.desk, project, branch);
  return { project, branch };
}

async function named(call: Call): Promise<{ project: ProjectRecord; branch: BranchRecord; role: RoleRecord }> {
  const { project, branch } = await branchNow(call);
  const role = branch.roles.find(({ name }) => name === call.params.role_name);
  if (!role) throw notFound("role");
  return { project, branch, role };
}

const list = async (call: Call) => {
  const { branch } = await branchNow(call);
  return ok({ roles: branch.roles.map((role) => roleAnswer(branch, role)) });
};

const get = async (call: Call) => {
  const { branch, role } = await named(call);
  return ok({ role: roleAnswer(branch, role) });
};

const create = async (call: Call) => {
  const { role: wanted } = bodyOf(call, createBody);
  const { project, branch } = await branchNow(call);
  refuseLocked(project);
  if (branch.state !== "ready") throw refused("branch not ready yet");
  if (branch.roles.some(({ name }) => name === wanted.name)) throw exists("role", wanted.name);
  if (branch.roles.length >= (call.desk.misbehaviour.limits.rolesPerBranch ?? MOST)) {
    throw refused("roles limit exceeded", "ROLES_LIMIT_EXCEEDED");
  }
  const now = new Date().toISOString();
  const noLogin = wanted.no_login ?? false;
  const password = noLogin ? null : newPassword();
  const role = { name: wanted.name, password, noLogin, createdAt: now, updatedAt: now };
  branch.roles.push(role);
  return created(body(project, branch, role, await apply(call, project, branch)));
};

const remove = async (call: Call) => {
  const { project, branch } = await branchNow(call);
  const role = branch.roles.find(({ name }) => name === call.params.role_name);
  if (!role) return gone;
  refuseLocked(project);
  const owned = branch.databases.find(({ owner }) => owner === role.name);
  if (owned) throw refused(`role "${role.name}" owns database "${owned.name}"`);
  const task: Task = { kind: "drop-role", branchId: branch.id, name: role.name };
  return ok(body(project, branch, role, await apply(call, project, branch, task)));
};

const revealPassword = async (call: Call) => {
  const { project, role } = await named(call);
  const password = knownPassword(project, role);
  return ok({ password });
};

/** 412, where Neon does not have it either. */
function knownPassword({ storePasswords }: ProjectRecord, { name, password }: RoleRecord): string {
  if (!storePasswords) throw new NeonApiError(412, "storing passwords is disabled for the project");
  if (password === null) throw new NeonApiError(412, `the password of role "${name}" is not known`);
  return password;
}

const resetPassword = async (call: Call) => {
  const { project, branch, role } = await named(call);
  refuseLocked(project);
  role.password = newPassword();
  role.updatedAt = new Date().toISOString();
  return ok(body(project, branch, role, await apply(call, project, branch)));
};

function apply(
  { desk }: Call,
  project: ProjectRecord,
  { id }: BranchRecord,
  task: Task = { kind: "apply-catalogue", branchId: id },
): Promise<OperationRecord[]> {
  return schedule(desk, project, [{ action: "apply_config", branchId: id, task }]);
}

function body(project: ProjectRecord, branch: BranchRecord, role: RoleRecord, operations: OperationRecord[]) {
  return {
    role: roleAnswer(branch, role, { reveal: true }),
    operations: operations.map((operation) => operationAnswer(project, operation)),
  };
}

const ROLES = "/projects/{project_id}/branches/{branch_id}/roles";
const ROLE = `${ROLES}/{role_name}`;

export const roleRoutes: Route[] = [
  { call: "listProjectBranchRoles", method: "GET", path: ROLES, handle: list },
  { call: "createProjectBranchRole", method: "POST", path: ROLES, handle: create },
  { call: "getProjectBranchRole", method: "GET", path: ROLE, handle: get },
  { call: "deleteProjectBranchRole", method: "DELETE", path: ROLE, handle: remove },
  { call: "getProjectBranchRolePassword", method: "GET", path: `${ROLE}/reveal_password`, handle: revealPassword },
  { call: "resetProjectBranchRolePassword", method: "POST", path: `${ROLE}/reset_password`, handle: resetPassword },
];
