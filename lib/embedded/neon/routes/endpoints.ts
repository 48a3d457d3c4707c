import * as z from "zod";
import { freePort } from "../../postgres";
import { endpointAnswer, operationAnswer } from "../answers";
import { NeonApiError, notFound, refused } from "../api-error";
import {
  type Answer,
  bodyOf,
  branchOf,
  type Call,
  created,
  endpointOf,
  gone,
  ok,
  projectOf,
  type Route,
  refuseLocked,
  schedule,
} from "../call";
import { newEndpoint } from "../new-records";
import type { PlannedOperation } from "../operations";
import type { EndpointRecord, OperationRecord, ProjectRecord, Task } from "../records";
import { computeUnits, sizeSettings } from "./fields";

const createBody = z.object({
  endpoint: z.object({ branch_id: z.string(), type: z.enum(["read_only", "read_write"]), ...sizeSettings }),
});

const updateBody = z.object({ endpoint: z.object(sizeSettings) });

const list = (call: Call) => {
  const project = projectOf(call);
  return ok({ endpoints: project.endpoints.map((endpoint) => endpointAnswer(project, endpoint)) });
};

const listOfBranch = (call: Call) => {
  const project = projectOf(call);
  const endpoint = endpointOf(project, branchOf(project, call.params.branch_id));
  return ok({ endpoints: endpoint ? [endpointAnswer(project, endpoint)] : [] });
};

const get = (call: Call) => {
  const { project, endpoint } = named(call);
  return ok({ endpoint: endpointAnswer(project, endpoint) });
};

const create = async (call: Call) => {
  const project = projectOf(call);
  const { endpoint: wanted } = bodyOf(call, createBody);
  const branch = branchOf(project, wanted.branch_id);
  const port = await freePort();
  refuseLocked(project);
  if (wanted.type === "read_only") throw refused("there are no read_only computes on this machine");
  if (endpointOf(project, branch)) throw refused("read_write endpoint already exists");
  if (branch.state !== "ready") throw refused("branch not ready yet");
  const endpoint = newEndpoint(branch, port, computeUnits(call.desk, wanted, project));
  project.endpoints.push(endpoint);
  const planned = work("start_compute", endpoint, { kind: "start", endpointId: endpoint.id });
  return created(body(project, endpoint, await schedule(call.desk, project, planned)));
};

const update = async (call: Call) => {
  const { project, endpoint } = named(call);
  const { endpoint: wanted } = bodyOf(call, updateBody);
  refuseLocked(project);
  Object.assign(endpoint, computeUnits(call.desk, wanted, endpoint), { updatedAt: new Date().toISOString() });
  const planned = work("apply_config", endpoint, { kind: "apply-size", endpointId: endpoint.id });
  return ok(body(project, endpoint, await schedule(call.desk, project, planned)));
};

const start = async (call: Call) => {
  const { project, endpoint } = named(call);
  refuseLocked(project);
  return ok(body(project, endpoint, await schedule(call.desk, project, wakingUp(endpoint))));
};

export function wakingUp(endpoint: EndpointRecord): PlannedOperation[] {
  if (endpoint.state === "active") return [];
  endpoint.pendingState = "active";
  return work("start_compute", endpoint, { kind: "start", endpointId: endpoint.id });
}

const suspend = async (call: Call) => {
  const { project, endpoint } = named(call);
  if (endpoint.pendingState !== null) {
    throw new NeonApiError(423, "endpoint is in some transitive state, could not suspend");
  }
  refuseLocked(project);
  if (endpoint.state !== "active") return ok(body(project, endpoint, []));
  endpoint.pendingState = "idle";
  const planned = work("suspend_compute", endpoint, { kind: "suspend", endpointId: endpoint.id });
  return ok(body(project, endpoint, await schedule(call.desk, project, planned)));
};

const remove = async (call: Call): Promise<Answer> => {
  const project = projectOf(call);
  const endpoint = project.endpoints.find(({ id }) => id === call.params.endpoint_id);
  if (!endpoint) return gone;
  refuseLocked(project);
  const planned = work("suspend_compute", endpoint, { kind: "remove-endpoint", endpointId: endpoint.id });
  return ok(body(project, endpoint, await schedule(call.desk, project, planned)));
};

function named(call: Call): { project: ProjectRecord; endpoint: EndpointRecord } {
  const project = projectOf(call);
  const endpoint = project.endpoints.find(({ id }) => id === call.params.endpoint_id);
  if (!endpoint) throw notFound("endpoint");
  return { project, endpoint };
}

function work(action: PlannedOperation["action"], { id, branchId }: EndpointRecord, task: Task): PlannedOperation[] {
  return [{ action, branchId, endpointId: id, task }];
}

function body(project: ProjectRecord, endpoint: EndpointRecord, operations: OperationRecord[]) {
  return {
    endpoint: endpointAnswer(project, endpoint),
    operations: operations.map((operation) => operationAnswer(project, operation)),
  };
}

const ENDPOINTS = "/projects/{project_id}/endpoints";
const ENDPOINT = `${ENDPOINTS}/{endpoint_id}`;
const OF_BRANCH = "/projects/{project_id}/branches/{branch_id}/endpoints";

export const endpointRoutes: Route[] = [
  { call: "listProjectBranchEndpoints", method: "GET", path: OF_BRANCH, handle: listOfBranch },
  { call: "createProjectEndpoint", method: "POST", path: ENDPOINTS, handle: create },
  { call: "listProjectEndpoints", method: "GET", path: ENDPOINTS, handle: list },
  { call: "getProjectEndpoint", method: "GET", path: ENDPOINT, handle: get },
  { call: "updateProjectEndpoint", method: "PATCH", path: ENDPOINT, handle: update },
  { call: "deleteProjectEndpoint", method: "DELETE", path: ENDPOINT, handle: remove },
  { call: "startProjectEndpoint", method: "POST", path: `${ENDPOINT}/start`, handle: start },
  { call: "suspendProjectEndpoint", method: "POST", path: `${ENDPOINT}/suspend`, handle: suspend },
];
