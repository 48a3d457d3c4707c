import * as z from "zod";
import { databaseAnswer, operationAnswer } from "../answers";
import { exists, notFound, refused } from "../api-error";
import { bodyOf, branchOf, type Call, created, gone, ok, projectOf, type Route, refuseLocked, schedule } from "../call";
import type { BranchRecord, DatabaseRecord, OperationRecord, ProjectRecord, Task } from "../records";
import { syncCatalogue } from "../sync-catalogue";
import { catalogueName } from "./fields";

const MOST = 500;

const createBody = z.object({ database: z.object({ name: catalogueName, owner_name: z.string() }) });

async function branchNow(call: Call): Promise<{ project: ProjectRecord; branch: BranchRecord }> {
  const project = projectOf(call);
  const branch = branchOf(project, call.params.branch_id);
  await syncCatalogue(call.desk, project, branch);
  return { project, branch };
}

const list = async (call: Call) => {
  const { branch } = await branchNow(call);
  return ok({ databases: branch.databases.map((database) => databaseAnswer(branch, database)) });
};

const get = async (call: Call) => {
  const { branch } = await branchNow(call);
  const database = branch.databases.find(({ name }) => name === call.params.database_name);
  if (!database) throw notFound("database");
  return ok({ database: databaseAnswer(branch, database) });
};

const create = async (call: Call) => {
  const { database: wanted } = bodyOf(call, createBody);
  const { project, branch } = await branchNow(call);
  refuseLocked(project);
  if (branch.state !== "ready") throw refused("branch not ready yet");
  if (branch.databases.some(({ name }) => name === wanted.name)) throw exists("database", wanted.name);
  if (!branch.roles.some(({ name }) => name === wanted.owner_name)) throw notFound("role");
  if (branch.databases.length >= (call.desk.misbehaviour.limits.databasesPerBranch ?? MOST)) {
    throw refused("databases limit exceeded", "DATABASES_LIMIT_EXCEEDED");
  }
  const now = new Date().toISOString();
  const times = { createdAt: now, updatedAt: now };
  const id = call.desk.store.nextDatabaseId();
  const database = { id, name: wanted.name, owner: wanted.owner_name, ...times };
  branch.databases.push(database);
  const scheduled = await work(call, project, branch, { kind: "apply-catalogue", branchId: branch.id });
  return created(body(project, branch, database, scheduled));
};

const remove = async (call: Call) => {
  const { project, branch } = await branchNow(call);
  const database = branch.databases.find(({ name }) => name === call.params.database_name);
  if (!database) return gone;
  refuseLocked(project);
  const task: Task = { kind: "drop-database", branchId: branch.id, name: database.name };
  return ok(body(project, branch, database, await work(call, project, branch, task)));
};

const work = ({ desk }: Call, project: ProjectRecord, { id }: BranchRecord, task: Task) =>
  schedule(desk, project, [{ action: "apply_config", branchId: id, task }]);

const body = (
  project: ProjectRecord,
  branch: BranchRecord,
  database: DatabaseRecord,
  operations: OperationRecord[],
) => ({
  database: databaseAnswer(branch, database),
  operations: operations.map((operation) => operationAnswer(project, operation)),
});

const DATABASES = "/projects/{project_id}/branches/{branch_id}/databases";
const DATABASE = `${DATABASES}/{database_name}`;

export const databaseRoutes: Route[] = [
  { call: "listProjectBranchDatabases", method: "GET", path: DATABASES, handle: list },
  { call: "createProjectBranchDatabase", method: "POST", path: DATABASES, handle: create },
  { call: "getProjectBranchDatabase", method: "GET", path: DATABASE, handle: get },
  { call: "deleteProjectBranchDatabase", method: "DELETE", path: DATABASE, handle: remove },
];
