import type { Client } from "pg";
import type { ConnectionSpec } from "./connection-spec";
import { closeSession, openSession, type SessionOptions } from "./session";

/** What is at an address: the server itself, or a pooler, which keeps a session to its end or only a transaction. */
export type Pooling = "direct" | "session" | "transaction";

/**
 * Whether something between passes on transactions and not sessions. There, whatever Ferry sets would stay in a
 * session of somebody else: so this is found out before anything is set.
 */
export async function findPooling(spec: ConnectionSpec, options: SessionOptions): Promise<Pooling> {
  const first = await openSession(spec, { ...options, isBare: true });
  try {
    const backend = await backendOf(first);
    // A pooler hands out keys of its own, since none of its servers belongs to a client.
    if (backend === keyHolderOf(first)) return "direct";
    return await compareWithAnother(first, backend, spec, options);
  } finally {
    await closeSession(first);
  }
}

/** The first session is idle while the second is in a transaction: in a session pool each has a server of its own. */
async function compareWithAnother(
  first: Client,
  backend: number,
  spec: ConnectionSpec,
  options: SessionOptions,
): Promise<Pooling> {
  const second = await openSession(spec, { ...options, isBare: true });
  try {
    await second.query("begin read only");
    const isShared = (await backendOf(second)) === backend || (await backendOf(first)) !== backend;
    await second.query("rollback");
    return isShared ? "transaction" : "session";
  } finally {
    await closeSession(second);
  }
}

async function backendOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("select pg_catalog.pg_backend_pid() as pid");
  return rows[0]?.pid ?? 0;
}

const keyHolderOf = (client: Client): number | undefined => (client as unknown as { processID?: number }).processID;
