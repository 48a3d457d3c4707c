import type {
  AnnotationData,
  BillingSubscriptionType,
  Branch,
  ConnectionDetails,
  Database,
  Endpoint,
  Operation,
  Project,
  Role,
} from "@neondatabase/api-client";
import { connectionUrl } from "@/lib/postgres/connection-url";
import type {
  BranchRecord,
  DatabaseRecord,
  EndpointRecord,
  OperationRecord,
  ProjectRecord,
  RoleRecord,
} from "./records";
import { isUnfinished } from "./records";

/** As JSON: the client's enumerations are texts there. */
type Json<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Json<T[K]> } : T;

const PLATFORM = "local";
const PROVISIONER = "k8s-neonvm";
const NO_USE = { cpu_used_sec: 0, compute_time_seconds: 0, active_time_seconds: 0 };
const NO_TRAFFIC = { written_data_bytes: 0, data_transfer_bytes: 0 };
const MEGABYTE = 1 << 20;
const MONTH_DAYS = 30;
/** There is no proxy: each compute is found at a port of its own. */
const HOST = "127.0.0.1";

/** As large as nobody makes them here. */
const MANY_BRANCHES = 5_000;

export interface Owner {
  userId: string;
  organizationId: string;
  branchSizeMb: number;
  /** Null where the plan has no such limit. */
  branches: number | null;
}

export function projectAnswer(project: ProjectRecord, owner: Owner): Json<Project> {
  const period = new Date(project.createdAt);
  period.setUTCDate(period.getUTCDate() + MONTH_DAYS);
  return {
    ...NO_USE,
    ...NO_TRAFFIC,
    data_storage_bytes_hour: 0,
    id: project.id,
    platform_id: PLATFORM,
    region_id: project.regionId,
    name: project.name,
    provisioner: PROVISIONER,
    default_endpoint_settings: {
      autoscaling_limit_min_cu: project.minCu,
      autoscaling_limit_max_cu: project.maxCu,
      suspend_timeout_seconds: project.suspendTimeoutSeconds,
    },
    pg_version: project.pgVersion,
    proxy_host: HOST,
    branch_logical_size_limit: owner.branchSizeMb,
    branch_logical_size_limit_bytes: owner.branchSizeMb * MEGABYTE,
    store_passwords: project.storePasswords,
    creation_source: "console",
    history_retention_seconds: project.historyRetentionSeconds,
    created_at: project.createdAt,
    updated_at: project.updatedAt,
    synthetic_storage_size: sizeOf(project),
    consumption_period_start: project.createdAt,
    consumption_period_end: period.toISOString(),
    owner: {
      ...{ name: "This machine", email: "nobody@example.com" },
      branches_limit: owner.branches ?? MANY_BRANCHES,
      subscription_type: "launch_v3" as Json<BillingSubscriptionType>,
    },
    owner_id: owner.organizationId,
    org_id: owner.organizationId,
  };
}

/** In a list there is less of it. */
export function projectListItem(project: ProjectRecord, owner: Owner) {
  const {
    data_storage_bytes_hour: _storage,
    data_transfer_bytes: _traffic,
    written_data_bytes: _written,
    compute_time_seconds: _compute,
    active_time_seconds: _active,
    consumption_period_start: _start,
    consumption_period_end: _end,
    owner: _owner,
    ...item
  } = projectAnswer(project, owner);
  return { ...item, active_time: 0 };
}

const sizeOf = ({ branches }: ProjectRecord) => branches.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);

export function branchAnswer(project: ProjectRecord, branch: BranchRecord): Json<Branch> {
  return {
    ...NO_USE,
    ...NO_TRAFFIC,
    id: branch.id,
    project_id: project.id,
    ...(branch.parentId === null ? {} : { parent_id: branch.parentId, init_source: "parent-data" }),
    ...(branch.parentLsn === null ? {} : { parent_lsn: branch.parentLsn }),
    name: branch.name,
    current_state: branch.state,
    ...(branch.state === "init" && project.operations.some(isUnfinished) ? { pending_state: "ready" } : {}),
    state_changed_at: branch.stateChangedAt,
    ...(branch.sizeBytes === null ? {} : { logical_size: branch.sizeBytes }),
    creation_source: "console",
    primary: branch.isDefault,
    default: branch.isDefault,
    protected: branch.isProtected,
    created_at: branch.createdAt,
    updated_at: branch.updatedAt,
    ...(branch.expiresAt === null ? {} : { expires_at: branch.expiresAt, ttl_interval_seconds: ttlOf(branch) }),
  };
}

export function annotationAnswer({ id, annotations, createdAt }: BranchRecord): Json<AnnotationData> {
  const times = { created_at: createdAt, updated_at: createdAt };
  return { object: { type: "console/branch", id }, value: annotations, ...times };
}

const ttlOf = ({ expiresAt, updatedAt }: BranchRecord) =>
  Math.max(0, Math.round((Date.parse(expiresAt ?? updatedAt) - Date.parse(updatedAt)) / 1000));

export function endpointAnswer(project: ProjectRecord, endpoint: EndpointRecord): Json<Endpoint> {
  return {
    // With its port, so that what is put together from the parts is right.
    host: addressOf(endpoint),
    id: endpoint.id,
    project_id: project.id,
    branch_id: endpoint.branchId,
    autoscaling_limit_min_cu: endpoint.minCu,
    autoscaling_limit_max_cu: endpoint.maxCu,
    region_id: project.regionId,
    type: "read_write",
    current_state: endpoint.state,
    ...(endpoint.pendingState === null ? {} : { pending_state: endpoint.pendingState }),
    settings: { pg_settings: {} },
    pooler_enabled: false,
    pooler_mode: "transaction",
    disabled: false,
    passwordless_access: false,
    ...(endpoint.startedAt === null ? {} : { last_active: endpoint.startedAt, started_at: endpoint.startedAt }),
    ...(endpoint.suspendedAt === null ? {} : { suspended_at: endpoint.suspendedAt }),
    creation_source: "console",
    created_at: endpoint.createdAt,
    updated_at: endpoint.updatedAt,
    proxy_host: HOST,
    suspend_timeout_seconds: endpoint.suspendTimeoutSeconds,
    provisioner: PROVISIONER,
  };
}

export const addressOf = ({ port }: EndpointRecord) => `${HOST}:${port}`;

/** There is no pooler either: both addresses are the server's. Without a password where none is known. */
export function connectionDetails(
  endpoint: EndpointRecord,
  { name, password }: Pick<RoleRecord, "name" | "password">,
  database: string,
): Json<ConnectionDetails> {
  const tls = { mode: "disable" } as const;
  const host = addressOf(endpoint);
  return {
    connection_uri: connectionUrl({ host: HOST, port: endpoint.port, user: name, password, database, tls }),
    connection_parameters: { database, password: password ?? "", role: name, host, pooler_host: host },
  };
}

/** The password is shown where the role was made, and where it was given another one. */
export function roleAnswer(branch: BranchRecord, role: RoleRecord, { reveal = false } = {}): Json<Role> {
  return {
    branch_id: branch.id,
    name: role.name,
    ...(reveal && role.password !== null ? { password: role.password } : {}),
    protected: false,
    authentication_method: role.noLogin ? "no_login" : "password",
    created_at: role.createdAt,
    updated_at: role.updatedAt,
  };
}

export function databaseAnswer(branch: BranchRecord, database: DatabaseRecord): Json<Database> {
  return {
    id: database.id,
    branch_id: branch.id,
    name: database.name,
    owner_name: database.owner,
    created_at: database.createdAt,
    updated_at: database.updatedAt,
  };
}

export function operationAnswer(project: ProjectRecord, operation: OperationRecord): Json<Operation> {
  return {
    id: operation.id,
    project_id: project.id,
    ...(operation.branchId === null ? {} : { branch_id: operation.branchId }),
    ...(operation.endpointId === null ? {} : { endpoint_id: operation.endpointId }),
    action: operation.action,
    status: operation.status,
    ...(operation.error === null ? {} : { error: operation.error }),
    failures_count: operation.failures,
    created_at: operation.createdAt,
    updated_at: operation.updatedAt,
    total_duration_ms: operation.tookMs,
  };
}
