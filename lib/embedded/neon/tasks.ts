import { applyCatalogue, dropDatabase, dropRole } from "./branch-catalogue";
import type { BranchServers } from "./branch-servers";
import type { BranchRecord, EndpointRecord, ProjectRecord, Task } from "./records";

/** Does what an operation stands for, on the servers and in the records. Each may be done again. */
export async function doTask(servers: BranchServers, project: ProjectRecord, task: Task): Promise<void> {
  switch (task.kind) {
    case "make-data": {
      const branch = branchOf(project, task.branchId);
      await servers.makeData(project, branch);
      return becomeReady(branch);
    }
    case "copy-data": {
      const branch = branchOf(project, task.branchId);
      const parent = branchOf(project, task.parentId);
      branch.parentLsn = (await servers.copyData(project, parent, branch)) ?? branch.parentLsn;
      return becomeReady(branch);
    }
    case "start":
      return start(servers, project, endpointOf(project, task.endpointId));
    case "suspend": {
      const endpoint = endpointOf(project, task.endpointId);
      await servers.stop(endpoint.branchId);
      return become(endpoint, "idle");
    }
    case "apply-size": {
      const endpoint = endpointOf(project, task.endpointId);
      if (endpoint.state !== "active") return;
      // As on Neon: another size takes a restart, and sessions end.
      await servers.stop(endpoint.branchId);
      return start(servers, project, endpoint);
    }
    case "apply-catalogue": {
      const branch = branchOf(project, task.branchId);
      return servers.withServer(project, branch, (superuser) => applyCatalogue(superuser, branch));
    }
    case "drop-database": {
      const branch = branchOf(project, task.branchId);
      await servers.withServer(project, branch, (superuser) => dropDatabase(superuser, task.name));
      branch.databases = branch.databases.filter(({ name }) => name !== task.name);
      return;
    }
    case "drop-role": {
      const branch = branchOf(project, task.branchId);
      await servers.withServer(project, branch, (superuser) => dropRole(superuser, task.name));
      branch.roles = branch.roles.filter(({ name }) => name !== task.name);
      return;
    }
    case "remove-endpoint": {
      const endpoint = project.endpoints.find(({ id }) => id === task.endpointId);
      if (endpoint) await servers.stop(endpoint.branchId);
      project.endpoints = project.endpoints.filter(({ id }) => id !== task.endpointId);
      return;
    }
    case "remove-branch":
      await servers.remove(project.id, task.branchId);
      project.endpoints = project.endpoints.filter(({ branchId }) => branchId !== task.branchId);
      project.branches = project.branches.filter(({ id }) => id !== task.branchId);
      return;
  }
}

async function start(servers: BranchServers, project: ProjectRecord, endpoint: EndpointRecord): Promise<void> {
  const branch = branchOf(project, endpoint.branchId);
  const { superuser } = await servers.start(project, branch);
  endpoint.port = superuser.port;
  await applyCatalogue(superuser, branch);
  become(endpoint, "active");
}

function branchOf(project: ProjectRecord, branchId: string): BranchRecord {
  const branch = project.branches.find(({ id }) => id === branchId);
  if (!branch) throw new Error(`branch ${branchId} is gone`);
  return branch;
}

function endpointOf(project: ProjectRecord, endpointId: string): EndpointRecord {
  const endpoint = project.endpoints.find(({ id }) => id === endpointId);
  if (!endpoint) throw new Error(`endpoint ${endpointId} is gone`);
  return endpoint;
}

function becomeReady(branch: BranchRecord): void {
  if (branch.state === "ready") return;
  branch.state = "ready";
  branch.stateChangedAt = new Date().toISOString();
}

function become(endpoint: EndpointRecord, state: "active" | "idle"): void {
  const now = new Date().toISOString();
  endpoint.state = state;
  endpoint.pendingState = null;
  endpoint.updatedAt = now;
  if (state === "active") endpoint.startedAt = now;
  else endpoint.suspendedAt = now;
}
