import { messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import { DURABLE_SETTINGS, makeFolder, type ServerSettings } from "../postgres";
import { type AnsweredCall, startApiServer } from "./api-server";
import { type Behaviour, Misbehaviour } from "./behaviour";
import { BranchServers, type ServerVersions } from "./branch-servers";
import type { ApiKey, Desk } from "./call";
import { Operations } from "./operations";
import { type EndpointRecord, isLocked, type ProjectRecord } from "./records";
import { deletion } from "./routes/branches";
import { StateStore } from "./state-store";

const EXPIRY_LOOK_MS = 1_000;
const CALLS_KEPT = 1_000;

export interface NeonStandInOptions {
  /** Where everything is kept. Servers run on folders in it: their user must be able to enter it (`serverPlace`). */
  folder: string;
  servers: ServerVersions;
  /** Default: one personal key, made at the first start and kept. */
  apiKeys?: readonly ApiKey[];
  /** Default: any. */
  port?: number;
  /** Default: those for data that someone cares about. */
  settings?: ServerSettings;
  behaviour?: Behaviour;
  /** When the servers of active computes come back. Default: at once; else with the first call, or with `wake`. */
  wakes?: "at-once" | "when-asked";
  log?: (line: string) => void;
}

export interface NeonStandIn {
  /** What `createApiClient` takes as `baseURL`. */
  baseUrl: string;
  /** The first of the keys. */
  apiKey: string;
  organizationId: string;
  /** The latest calls, oldest first. */
  calls: readonly AnsweredCall[];
  /** From now on; counting begins anew. An operation that hangs goes on when it is not told to hang any more. */
  behave(behaviour: Behaviour): void;
  /** From now on the key is as wrong as any other. */
  revoke(key: string): void;
  wake(): void;
  stop(): Promise<void>;
}

/**
 * The part of Neon's API that an import uses, answered on this machine. A branch is a Postgres server on a data folder
 * of its own. What was under way when the last one ended, however it ended, goes on.
 */
export async function startNeonStandIn(options: NeonStandInOptions): Promise<NeonStandIn> {
  const { folder, servers: versions, log = () => {} } = options;
  makeFolder(folder);
  const store = await StateStore.open(folder);
  const misbehaviour = new Misbehaviour(options.behaviour ?? {});
  const servers = new BranchServers({
    folder,
    servers: versions,
    settings: options.settings ?? DURABLE_SETTINGS,
    sizeLimitMb: () => misbehaviour.limits.branchSizeMb,
    log,
  });
  const operations = new Operations({ store, servers, misbehaviour, log });
  const desk: Desk = { store, servers, operations, misbehaviour, versions: Object.keys(versions).map(Number) };
  let keys = options.apiKeys ?? [{ key: store.state.apiKey }];
  const calls: AnsweredCall[] = [];
  const onCall = (call: AnsweredCall) => {
    calls.push(call);
    calls.splice(0, calls.length - CALLS_KEPT);
  };
  const tell = (error: unknown) => log(`The stand-in: ${redact(messageOf(error))}`);
  let resuming: Promise<void> | null = null;
  const wake = () => {
    resuming ??= resume(desk, tell);
  };
  const api = await startApiServer({ desk, keys: () => keys, port: options.port ?? 0, log, beforeCall: wake, onCall });
  const apiKey = keys[0]?.key ?? "";
  if (options.wakes !== "when-asked") wake();
  const expiring = setInterval(() => void removeExpired(desk).catch(tell), EXPIRY_LOOK_MS);
  expiring.unref();

  return {
    baseUrl: api.baseUrl,
    apiKey,
    organizationId: store.state.organizationId,
    calls,
    behave: (behaviour) => misbehaviour.change(behaviour),
    wake,
    revoke: (revoked) => {
      keys = keys.filter(({ key }) => key !== revoked);
    },
    stop: async () => {
      clearInterval(expiring);
      await api.close();
      await operations.stop();
      await resuming;
      await servers.stopAll();
    },
  };
}

/** Servers of active computes come back, and what was unfinished goes on; nobody waits for it. */
async function resume({ store, servers, operations }: Desk, tell: (error: unknown) => void): Promise<void> {
  const wake = async (project: ProjectRecord, endpoint: EndpointRecord) => {
    const branch = project.branches.find(({ id }) => id === endpoint.branchId);
    if (branch?.state !== "ready") return;
    endpoint.port = (await servers.start(project, branch)).superuser.port;
  };
  const active = store.state.projects.flatMap((project) =>
    project.endpoints.filter(({ state }) => state === "active").map((endpoint) => wake(project, endpoint).catch(tell)),
  );
  for (const project of store.state.projects) operations.begin(project);
  await Promise.all([...active, servers.sweep(() => store.state.projects).catch(tell)]);
  await store.save();
}

async function removeExpired({ store, operations }: Desk): Promise<void> {
  const now = new Date().toISOString();
  for (const project of store.state.projects) {
    if (isLocked(project)) continue;
    const isParent = (id: string) => project.branches.some(({ parentId }) => parentId === id);
    const expired = project.branches.find(
      ({ id, expiresAt }) => expiresAt !== null && expiresAt <= now && !isParent(id),
    );
    if (!expired) continue;
    operations.plan(project, deletion(project, expired));
    await store.save();
    operations.begin(project);
  }
}
