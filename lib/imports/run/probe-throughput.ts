import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteQualified } from "@/lib/postgres/quote";
import { answered, CONNECT_TIMEOUT_MS, closeSession, openSession } from "@/lib/postgres/session";
import type { Throughput } from "@/lib/preflight/facts";
import type { TableFacts } from "@/lib/source/facts/tables";

/** A smaller database is copied before an estimate is worth a second. */
export const PROBE_FROM_BYTES = 1024 ** 3;

const PROBE_MS = 1_000;

/** The connection below pg, which counts the rows of a COPY but keeps none: it is where they pass. */
interface Passing {
  on(event: "copyData", hear: (message: { length: number }) => void): void;
  stream: { destroy(): void };
}

/** Reads of the largest table for a second and looks at how much came. Null where the database is not worth it. */
export async function probeThroughput(
  source: ConnectionSpec,
  tables: readonly TableFacts[],
  fromBytes = PROBE_FROM_BYTES,
): Promise<Throughput | null> {
  const readable = tables.filter((table) => table.readable && table.schemaUsable && !table.rowsHidden);
  const bytes = readable.reduce((sum, table) => sum + table.bytes, 0);
  const [largest] = [...readable].sort((left, right) => right.bytes - left.bytes);
  if (!largest || largest.bytes === 0 || bytes < fromBytes) return null;
  const client = await openSession(source, { side: "source", name: "ferry probe" });
  const { connection } = client as unknown as { connection: Passing };
  try {
    const settings = `set statement_timeout = ${2 * PROBE_MS}; set lock_timeout = ${PROBE_MS / 2}`;
    await answered(source, "source", CONNECT_TIMEOUT_MS, client.query(settings));
    return await rateOf(
      client,
      connection,
      `copy (select * from only ${quoteQualified(largest.schema, largest.name)}) to stdout`,
    );
  } finally {
    // What is still on its way through a slow line is not waited for.
    connection.stream.destroy();
    await closeSession(client);
  }
}

async function rateOf(client: Client, connection: Passing, copy: string): Promise<Throughput | null> {
  let received = 0;
  let lastAt = 0;
  connection.on("copyData", ({ length }) => {
    lastAt = performance.now();
    received += length;
  });
  const startedAt = performance.now();
  const copied = client.query(copy);
  copied.catch(() => {}); // Broken off on purpose, as a rule.
  await Promise.race([copied, sleep(PROBE_MS)]);
  return received === 0 ? null : { bytesPerSecond: (received * 1_000) / Math.max(lastAt - startedAt, 1) };
}
