import * as z from "zod";
import { freePort } from "../../postgres";
import {
  branchAnswer,
  connectionDetails,
  databaseAnswer,
  endpointAnswer,
  operationAnswer,
  roleAnswer,
} from "../answers";
import { exists, notFound, refused } from "../api-error";
import { bodyOf, type Call, created, projectOf, refuseLocked, schedule } from "../call";
import { newBranch, newEndpoint } from "../new-records";
import type { PlannedOperation } from "../operations";
import type { BranchRecord, ProjectRecord } from "../records";
import { syncCatalogue } from "../sync-catalogue";
import { annotationValue, checkExpiry, computeUnits, entityName, expiry, sizeSettings } from "./fields";

const createBody = z.object({
  branch: z
    .object({
      parent_id: z.string().optional(),
      name: entityName.optional(),
      protected: z.boolean().optional(),
      expires_at: expiry.optional(),
      init_source: z.string().optional(),
      parent_lsn: z.string().optional(),
      parent_timestamp: z.string().optional(),
    })
    .optional(),
  annotation_value: annotationValue.optional(),
  endpoints: z.array(z.object({ type: z.enum(["read_only", "read_write"]), ...sizeSettings })).optional(),
});

export const createBranch = async (call: Call) => {
  const { desk } = call;
  const project = projectOf(call);
  const { branch: wanted = {}, endpoints = [], annotation_value: annotations = {} } = bodyOf(call, createBody);
  const parent = parentOf(project, wanted.parent_id);
  const port = await freePort();
  await syncCatalogue(desk, project, parent);
  refuseLocked(project);
  refuseWhatIsNotHere(wanted, endpoints);
  if (wanted.name && project.branches.some(({ name }) => name === wanted.name)) throw exists("branch", wanted.name);
  if (project.branches.length >= (desk.misbehaviour.limits.branches ?? Number.POSITIVE_INFINITY)) {
    throw refused("branches limit exceeded", "BRANCHES_LIMIT_EXCEEDED");
  }
  if (parent.state !== "ready") throw refused("branch not ready yet");
  const branch = newBranch({
    name: wanted.name,
    parentId: parent.id,
    isProtected: wanted.protected ?? false,
    expiresAt: wanted.expires_at ? checkExpiry(wanted.expires_at) : null,
    sizeBytes: parent.sizeBytes,
    annotations,
    roles: structuredClone(parent.roles),
    databases: parent.databases.map((database) => ({ ...database, id: desk.store.nextDatabaseId() })),
  });
  const [compute] = endpoints;
  const endpoint = compute && newEndpoint(branch, port, computeUnits(desk, compute, project));
  project.branches.push(branch);
  if (endpoint) project.endpoints.push(endpoint);

  const branchId = branch.id;
  const planned: PlannedOperation[] = [
    { action: "create_branch", branchId, task: { kind: "copy-data", branchId, parentId: parent.id } },
  ];
  if (endpoint) {
    const endpointId = endpoint.id;
    planned.push({ action: "start_compute", branchId, endpointId, task: { kind: "start", endpointId } });
  }
  const operations = await schedule(desk, project, planned);
  const [database] = branch.databases;
  const role = branch.roles.find(({ name }) => name === database?.owner);
  // Where there are several, it is the caller who knows which one is meant.
  const isOnlyOne = endpoint && database && role && branch.databases.length === 1;
  return created({
    branch: branchAnswer(project, branch),
    endpoints: endpoint ? [endpointAnswer(project, endpoint)] : [],
    operations: operations.map((operation) => operationAnswer(project, operation)),
    roles: branch.roles.map((each) => roleAnswer(branch, each)),
    databases: branch.databases.map((each) => databaseAnswer(branch, each)),
    ...(isOnlyOne ? { connection_uris: [connectionDetails(endpoint, role, database.name)] } : {}),
  });
};

function parentOf(project: ProjectRecord, wanted: string | undefined): BranchRecord {
  const parent = project.branches.find(({ id, isDefault }) => (wanted ? id === wanted : isDefault));
  if (!parent) throw notFound("parent branch");
  return parent;
}

type Wanted = NonNullable<z.infer<typeof createBody>["branch"]>;
type WantedEndpoints = NonNullable<z.infer<typeof createBody>["endpoints"]>;

function refuseWhatIsNotHere(branch: Wanted, endpoints: WantedEndpoints): void {
  const isPast = branch.parent_lsn !== undefined || branch.parent_timestamp !== undefined;
  if (isPast) throw refused("this machine keeps no history: a branch is taken of its parent as it is now");
  if (branch.init_source !== undefined && branch.init_source !== "parent-data") {
    throw refused(`init_source ${branch.init_source} is not there on this machine`);
  }
  const isPlain = endpoints.length === 0 || (endpoints.length === 1 && endpoints[0]?.type === "read_write");
  if (!isPlain) throw refused("a branch has one compute on this machine, and it is read_write");
}
