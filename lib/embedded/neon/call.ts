import type * as z from "zod";
import type { Owner } from "./answers";
import { badRequest, locked, notFound, outsideProject } from "./api-error";
import type { Misbehaviour } from "./behaviour";
import type { BranchServers } from "./branch-servers";
import type { Operations, PlannedOperation } from "./operations";
import { type BranchRecord, type EndpointRecord, isLocked, type OperationRecord, type ProjectRecord } from "./records";
import type { StateStore } from "./state-store";

/** An API key and whom it speaks for. A personal key must name the organization; the others have but one. */
export interface ApiKey {
  key: string;
  kind?: "personal" | "organization" | "project";
  /** Of a key for one project. */
  projectId?: string;
  /** Default: true. */
  mayWrite?: boolean;
}

/** What the routes work on. */
export interface Desk {
  store: StateStore;
  servers: BranchServers;
  operations: Operations;
  misbehaviour: Misbehaviour;
  /** The Postgres versions that are offered. */
  versions: readonly number[];
}

export interface Call {
  desk: Desk;
  key: ApiKey;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
}

export interface Answer {
  status: number;
  body?: unknown;
}

export interface Route {
  /** The `operationId` in the OpenAPI document. */
  call: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `{names}`, as there. */
  path: string;
  handle(call: Call): Answer | Promise<Answer>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
/** What was to be deleted is not there, or not any more. */
export const gone: Answer = { status: 204 };

export function bodyOf<T>(call: Call, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(call.body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`request body has an error: ${issue?.path.join(".")}: ${issue?.message}`);
}

export function projectOf(call: Call): ProjectRecord {
  const id = call.params.project_id as string;
  if (call.key.kind === "project" && call.key.projectId !== id) {
    throw outsideProject();
  }
  const project = call.desk.store.project(id);
  if (!project) throw notFound("project");
  return project;
}

export function branchOf(project: ProjectRecord, id: string | undefined): BranchRecord {
  const branch = project.branches.find((known) => known.id === id);
  if (!branch) throw notFound("branch");
  return branch;
}

export const endpointOf = (project: ProjectRecord, branch: BranchRecord): EndpointRecord | undefined =>
  project.endpoints.find(({ branchId }) => branchId === branch.id);

export function ownerOf({ store, misbehaviour }: Desk): Owner {
  const { userId, organizationId } = store.state;
  return {
    userId,
    organizationId,
    branchSizeMb: misbehaviour.limits.branchSizeMb ?? 0,
    branches: misbehaviour.limits.branches ?? null,
  };
}

/** What changes a project waits for nobody: it is refused while something else is under way there. */
export function refuseLocked(project: ProjectRecord): void {
  if (isLocked(project)) throw locked();
}

/** Has the project's new record and its operations on the disk before anything is done or answered. */
export async function schedule(
  { operations, store }: Desk,
  project: ProjectRecord,
  planned: PlannedOperation[],
): Promise<OperationRecord[]> {
  const scheduled = operations.plan(project, planned);
  await store.save();
  operations.begin(project);
  return scheduled;
}

/** One page of a list in its order, and the cursor with which the next one is asked for. */
export function pageOf<T extends { id: string }>(call: Call, all: readonly T[], usualLimit: number) {
  const limit = Number(call.query.get("limit") ?? usualLimit);
  if (!Number.isInteger(limit) || limit < 1) throw badRequest("limit must be a positive number");
  const cursor = call.query.get("cursor");
  const start = cursor === null ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
  const items = all.slice(start, start + limit);
  return { items, cursor: items.at(-1)?.id, hasMore: start + limit < all.length };
}
