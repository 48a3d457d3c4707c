import type { Socket } from "node:net";
import type { Client } from "pg";
import type { ConnectionSpec } from "./connection-spec";
import { closeSession, openSession } from "./session";

/**
 * A message that the server works off to its end though its sender has gone. It looks for a lost client only when it
 * is told to, or when it has something to say in between: so it is told neither.
 */
const STAYS = `
  set client_min_messages = error;
  select pg_catalog.set_config(name, '0', false)
    from pg_catalog.pg_settings where name = 'client_connection_check_interval'`;

export interface Detached {
  /** Resolves when the server has answered; rejects with what it said, or when the session is lost. */
  ended: Promise<void>;
  /** Goes away; the server goes on. */
  leave(): void;
}

/** Sends statements as one message on a session of their own, by whose name they are found again. */
export async function sendDetached(
  spec: ConnectionSpec,
  { name, prepare }: { name: string; prepare: (client: Client) => Promise<void> },
  text: string,
): Promise<Detached> {
  const client = await openSession(spec, { side: "target", name });
  try {
    await client.query(STAYS);
    await prepare(client);
  } catch (error) {
    // Who looks for a session of this name would find one at work for ever.
    await closeSession(client);
    throw error;
  }
  const ended = client.query(text).then(() => {});
  ended.catch(() => {}); // Asked for by whoever waits.
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  return { ended, leave: () => stream.destroy() };
}

/** Whether a session of that name is at work. */
export async function isAtWork(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from pg_catalog.pg_stat_activity where datname = current_database() and application_name = $1",
    [name],
  );
  return (rowCount ?? 0) > 0;
}
