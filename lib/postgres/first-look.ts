import type { Client } from "pg";
import type { ConnectionSpec } from "./connection-spec";
import { answered, CONNECT_TIMEOUT_MS, closeSession, openSession, type SessionOptions } from "./session";

/** What is at an address: the server itself, or a pooler, which keeps a session to its end or only a transaction. */
export type Pooling = "direct" | "session" | "transaction";

export interface FirstLook {
  /** All of `version()`. */
  versionText: string;
  pooling: Pooling;
}

/**
 * Who answers, and whether something between passes on transactions and not sessions. There, whatever Ferry sets would
 * stay in a session of somebody else: so this is found out before anything is set.
 */
export async function firstLook(spec: ConnectionSpec, options: SessionOptions): Promise<FirstLook> {
  const bare = { ...options, isBare: true };
  const inTime = <T>(work: Promise<T>) => answered(spec, options.side, CONNECT_TIMEOUT_MS, work);
  const first = await openSession(spec, bare);
  try {
    const { pid, version } = await inTime(identityOf(first));
    // A pooler hands out keys of its own, since none of its servers belongs to a client.
    if (pid === keyHolderOf(first)) return { versionText: version, pooling: "direct" };
    const second = await openSession(spec, bare);
    try {
      return { versionText: version, pooling: await inTime(poolingOf(first, pid, second)) };
    } finally {
      await closeSession(second);
    }
  } finally {
    await closeSession(first);
  }
}

/** The first session is idle while the second is in a transaction: in a session pool each has a server of its own. */
async function poolingOf(first: Client, pid: number, second: Client): Promise<Pooling> {
  await second.query("begin read only");
  const isShared = (await identityOf(second)).pid === pid || (await identityOf(first)).pid !== pid;
  await second.query("rollback");
  return isShared ? "transaction" : "session";
}

async function identityOf(client: Client): Promise<{ pid: number; version: string }> {
  const { rows } = await client.query<{ pid: number; version: string }>(
    "select pg_backend_pid() as pid, version() as version",
  );
  const [{ pid, version } = { pid: 0, version: "" }] = rows;
  // What is no Postgres may answer anything.
  return { pid: Number(pid), version: String(version) };
}

const keyHolderOf = (client: Client): number | undefined => (client as unknown as { processID?: number }).processID;
