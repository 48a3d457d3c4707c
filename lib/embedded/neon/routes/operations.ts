import { connectionDetails, operationAnswer } from "../answers";
import { notFound } from "../api-error";
import { branchOf, type Call, endpointOf, ok, pageOf, projectOf, type Route, schedule } from "../call";
import { isLocked } from "../records";
import { syncCatalogue } from "../sync-catalogue";
import { wakingUp } from "./endpoints";

const PAGE = 1_000;

const list = (call: Call) => {
  const project = projectOf(call);
  const { items, cursor } = pageOf(call, project.operations.toReversed(), PAGE);
  const operations = items.map((operation) => operationAnswer(project, operation));
  return ok({ operations, ...(cursor === undefined ? {} : { pagination: { cursor } }) });
};

const get = (call: Call) => {
  const project = projectOf(call);
  const operation = project.operations.find(({ id }) => id === call.params.operation_id);
  if (!operation) throw notFound("operation");
  return ok({ operation: operationAnswer(project, operation) });
};

/**
 * On Neon an address wakes its compute when somebody connects. Here nobody is in between, so who asks for the address
 * wakes it. `pooled` changes nothing: there is no pooler on this machine.
 */
const getUri = async (call: Call) => {
  const { desk, query } = call;
  const project = projectOf(call);
  const endpointId = query.get("endpoint_id");
  const named = project.endpoints.find(({ id }) => id === endpointId);
  if (endpointId && !named) throw notFound("endpoint");
  const usual = project.branches.find(({ isDefault }) => isDefault)?.id;
  const branch = branchOf(project, named?.branchId ?? query.get("branch_id") ?? usual);
  const endpoint = endpointOf(project, branch);
  if (!endpoint) throw notFound("read_write endpoint");
  await syncCatalogue(desk, project, branch);
  const database = branch.databases.find(({ name }) => name === query.get("database_name"));
  if (!database) throw notFound("database");
  const role = branch.roles.find(({ name }) => name === query.get("role_name"));
  if (!role) throw notFound("role");
  const password = project.storePasswords ? role.password : null;
  if (endpoint.state === "idle" && !isLocked(project)) {
    await schedule(desk, project, wakingUp(endpoint));
    await desk.operations.whenDone(project);
  }
  return ok({ uri: connectionDetails(endpoint, { name: role.name, password }, database.name).connection_uri });
};

const PROJECT = "/projects/{project_id}";

export const operationRoutes: Route[] = [
  { call: "listProjectOperations", method: "GET", path: `${PROJECT}/operations`, handle: list },
  { call: "getProjectOperation", method: "GET", path: `${PROJECT}/operations/{operation_id}`, handle: get },
  { call: "getConnectionURI", method: "GET", path: `${PROJECT}/connection_uri`, handle: getUri },
];
