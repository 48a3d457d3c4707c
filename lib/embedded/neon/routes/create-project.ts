import * as z from "zod";
import { freePort } from "../../postgres";
import {
  branchAnswer,
  connectionDetails,
  databaseAnswer,
  endpointAnswer,
  operationAnswer,
  projectAnswer,
  roleAnswer,
} from "../answers";
import { badRequest, notFound, outsideProject, refused } from "../api-error";
import { bodyOf, type Call, created, ownerOf, schedule } from "../call";
import { newPassword, newProjectId } from "../ids";
import { newBranch, newEndpoint } from "../new-records";
import type { ProjectRecord } from "../records";
import { DEFAULT_REGION, isRegion } from "../regions";
import { annotationValue, catalogueName, computeUnits, entityName, sizeSettings } from "./fields";

const DAY_SECONDS = 86_400;
const USUAL_SIZE = { minCu: 0.25, maxCu: 2, suspendTimeoutSeconds: 0 };

const createBody = z.object({
  project: z.object({
    name: entityName.optional(),
    region_id: z.string().optional(),
    pg_version: z.number().int().optional(),
    org_id: z.string().optional(),
    store_passwords: z.boolean().optional(),
    history_retention_seconds: z.number().int().min(0).max(2_592_000).optional(),
    branch: z
      .object({
        name: entityName.optional(),
        role_name: catalogueName.optional(),
        database_name: catalogueName.optional(),
        annotations: annotationValue.optional(),
      })
      .optional(),
    ...sizeSettings,
    default_endpoint_settings: z.object(sizeSettings).optional(),
  }),
});

/** A person is in several organizations and has to say which is meant. */
export function checkOrganization(call: Call, organizationId: string | null | undefined): void {
  if (call.key.kind === "project") throw outsideProject();
  if (!organizationId && call.key.kind !== "organization") {
    throw badRequest("org_id is required, you can find it on your organization settings page");
  }
  if (organizationId && organizationId !== call.desk.store.state.organizationId) throw notFound("organization");
}

export const createProject = async (call: Call) => {
  const { project: wanted } = bodyOf(call, createBody);
  checkOrganization(call, wanted.org_id);
  const { desk } = call;
  const port = await freePort();
  if (!isRegion(wanted.region_id ?? DEFAULT_REGION)) throw badRequest(`unknown region "${wanted.region_id}"`);
  const pgVersion = wanted.pg_version ?? Math.max(...desk.versions);
  if (!desk.versions.includes(pgVersion)) throw badRequest(`unsupported Postgres version: ${pgVersion}`);
  if (desk.store.state.projects.length >= (desk.misbehaviour.limits.projects ?? Number.POSITIVE_INFINITY)) {
    throw refused("projects limit exceeded", "PROJECTS_LIMIT_EXCEEDED");
  }
  const now = new Date().toISOString();
  const times = { createdAt: now, updatedAt: now };
  const owner = { name: wanted.branch?.role_name ?? "neondb_owner", password: newPassword(), noLogin: false, ...times };
  const databaseName = wanted.branch?.database_name ?? "neondb";
  const database = { id: desk.store.nextDatabaseId(), name: databaseName, owner: owner.name, ...times };
  const size = computeUnits(desk, { ...wanted, ...wanted.default_endpoint_settings }, USUAL_SIZE);
  const branch = newBranch({
    name: wanted.branch?.name ?? "main",
    isDefault: true,
    roles: [owner],
    databases: [database],
    annotations: wanted.branch?.annotations ?? {},
  });
  const endpoint = newEndpoint(branch, port, size);
  const id = newProjectId();
  const project: ProjectRecord = {
    id,
    name: wanted.name ?? id,
    regionId: wanted.region_id ?? DEFAULT_REGION,
    pgVersion,
    ...size,
    storePasswords: wanted.store_passwords ?? true,
    historyRetentionSeconds: wanted.history_retention_seconds ?? DAY_SECONDS,
    ...times,
    branches: [branch],
    endpoints: [endpoint],
    operations: [],
  };
  desk.store.state.projects.push(project);
  const [branchId, endpointId] = [branch.id, endpoint.id];
  const operations = await schedule(desk, project, [
    { action: "create_timeline", branchId, task: { kind: "make-data", branchId } },
    { action: "start_compute", branchId, endpointId, task: { kind: "start", endpointId } },
  ]);
  return created({
    project: projectAnswer(project, ownerOf(desk)),
    connection_uris: [connectionDetails(endpoint, owner, database.name)],
    roles: [roleAnswer(branch, owner, { reveal: true })],
    databases: [databaseAnswer(branch, database)],
    operations: operations.map((operation) => operationAnswer(project, operation)),
    branch: branchAnswer(project, branch),
    endpoints: [endpointAnswer(project, endpoint)],
  });
};
