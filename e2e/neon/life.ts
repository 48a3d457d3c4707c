import type { EndpointType, ProjectCreateRequest } from "@neondatabase/api-client";
import type { Client } from "pg";
import { expect } from "vitest";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import type { CheckedClient } from "./checked-client";
import type { TestStandIn } from "./test-stand-in";

/** What tests do with a stand-in again and again, through the real client. */
export const READ_WRITE = "read_write" as EndpointType;

const POLL_MS = 20;

export async function newProject(
  client: CheckedClient,
  standIn: TestStandIn,
  wish: ProjectCreateRequest["project"] = {},
) {
  const { data } = await client.createProject({ project: { org_id: standIn.organizationId, ...wish } });
  await settled(client, data.project.id);
  return data;
}

export async function newBranch(client: CheckedClient, projectId: string, name: string) {
  const branch = { branch: { name }, endpoints: [{ type: READ_WRITE }] };
  const { data } = await client.createProjectBranch(projectId, branch);
  await settled(client, projectId);
  return data;
}

/** Until nothing is under way; returns what the latest operations came to, newest first. */
export async function settled(client: CheckedClient, projectId: string): Promise<string[]> {
  for (;;) {
    const { data } = await client.listProjectOperations({ projectId });
    const statuses = data.operations.map(({ status }) => String(status));
    if (!statuses.some((status) => status === "running" || status === "scheduling")) return statuses;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export async function uriOf(client: CheckedClient, projectId: string, branchId: string): Promise<string> {
  const names = { database_name: "neondb", role_name: "neondb_owner" };
  const { data } = await client.getConnectionUri({ projectId, branch_id: branchId, ...names });
  return data.uri;
}

export async function inDatabase<T>(uri: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withSession(parseConnectionString(uri), { side: "metadata", name: "test" }, work);
}

export const rowsOf = (uri: string, statement: string) =>
  inDatabase(uri, async (session) => (await session.query(statement)).rows);

/** What the API says instead of doing it. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; code: string; message: string }> {
  const error = await call.then(
    () => null,
    (thrown) => thrown as { response?: { status: number; data: { code: string; message: string } } },
  );
  expect(error?.response, "the call was refused").toBeDefined();
  const { status = 0, data } = error?.response ?? {};
  return { status, code: data?.code ?? "", message: data?.message ?? "" };
}
