import * as z from "zod";

/** What the stand-in remembers. Times are ISO texts, as the API shows them. */

const roleRecord = z.object({
  name: z.string(),
  /** Null for a role that was made by SQL, or that cannot log in: nobody knows a password of it. */
  password: z.string().nullable(),
  noLogin: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const databaseRecord = z.object({
  id: z.number(),
  name: z.string(),
  owner: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const branchRecord = z.object({
  id: z.string(),
  name: z.string(),
  parentId: z.string().nullable(),
  isDefault: z.boolean(),
  isProtected: z.boolean(),
  /** `init` until its data is there. */
  state: z.enum(["init", "ready"]),
  stateChangedAt: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  expiresAt: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  /** Where its parent stood when its data was taken. */
  parentLsn: z.string().nullable(),
  /** Words of whoever made it, given with it. */
  annotations: z.record(z.string(), z.string()),
  roles: z.array(roleRecord),
  databases: z.array(databaseRecord),
});

const endpointRecord = z.object({
  id: z.string(),
  branchId: z.string(),
  /** Chosen before the server starts, so that an address can be told at once. */
  port: z.number(),
  minCu: z.number(),
  maxCu: z.number(),
  suspendTimeoutSeconds: z.number(),
  state: z.enum(["init", "active", "idle"]),
  pendingState: z.enum(["active", "idle"]).nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  startedAt: z.string().nullable(),
  suspendedAt: z.string().nullable(),
});

/** What an operation does. Each may be done again, after a process that died in it. */
const taskSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("make-data"), branchId: z.string() }),
  z.object({ kind: z.literal("copy-data"), branchId: z.string(), parentId: z.string() }),
  z.object({ kind: z.literal("start"), endpointId: z.string() }),
  z.object({ kind: z.literal("suspend"), endpointId: z.string() }),
  z.object({ kind: z.literal("apply-size"), endpointId: z.string() }),
  z.object({ kind: z.literal("apply-catalogue"), branchId: z.string() }),
  z.object({ kind: z.literal("drop-database"), branchId: z.string(), name: z.string() }),
  z.object({ kind: z.literal("drop-role"), branchId: z.string(), name: z.string() }),
  z.object({ kind: z.literal("remove-endpoint"), endpointId: z.string() }),
  z.object({ kind: z.literal("remove-branch"), branchId: z.string() }),
]);

/** Of the actions that the API knows, those that are used here. */
const ACTIONS = [
  "create_timeline",
  "create_branch",
  "start_compute",
  "suspend_compute",
  "apply_config",
  "delete_timeline",
] as const;

const STATUSES = ["scheduling", "running", "finished", "failed", "cancelled"] as const;

const operationRecord = z.object({
  id: z.string(),
  action: z.enum(ACTIONS),
  branchId: z.string().nullable(),
  endpointId: z.string().nullable(),
  task: taskSchema,
  status: z.enum(STATUSES),
  error: z.string().nullable(),
  failures: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  tookMs: z.number(),
});

const projectRecord = z.object({
  id: z.string(),
  name: z.string(),
  regionId: z.string(),
  pgVersion: z.number(),
  minCu: z.number(),
  maxCu: z.number(),
  suspendTimeoutSeconds: z.number(),
  storePasswords: z.boolean(),
  historyRetentionSeconds: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  branches: z.array(branchRecord),
  endpoints: z.array(endpointRecord),
  /** Oldest first. */
  operations: z.array(operationRecord),
});

export const stateSchema = z.object({
  /** Made at the first start, for who names no keys. */
  apiKey: z.string(),
  userId: z.string(),
  organizationId: z.string(),
  createdAt: z.string(),
  nextDatabaseId: z.number(),
  projects: z.array(projectRecord),
});

export type State = z.infer<typeof stateSchema>;
export type ProjectRecord = z.infer<typeof projectRecord>;
export type BranchRecord = z.infer<typeof branchRecord>;
export type EndpointRecord = z.infer<typeof endpointRecord>;
export type RoleRecord = z.infer<typeof roleRecord>;
export type DatabaseRecord = z.infer<typeof databaseRecord>;
export type OperationRecord = z.infer<typeof operationRecord>;
export type OperationAction = (typeof ACTIONS)[number];
export type Task = z.infer<typeof taskSchema>;

export const isUnfinished = ({ status }: OperationRecord) => status === "scheduling" || status === "running";

/** Neon does one chain of operations after the other in a project, and refuses what would be a second one. */
export const isLocked = (project: ProjectRecord) => project.operations.some(isUnfinished);
