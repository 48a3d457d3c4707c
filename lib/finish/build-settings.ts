import { availableParallelism, totalmem } from "node:os";
import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

/** What is known of the machine that builds; nothing of one that is only an address. */
export interface Machine {
  processors: number;
  memoryBytes: number;
}

const MEBIBYTE = 1024 * 1024;
const MOST_BYTES = 1024 * MEBIBYTE;
const MOST_WORKERS = 4;
/** All lanes together take no more of a machine's memory. */
const MEMORY_SHARE = 1 / 8;

export function machineOf({ host }: Pick<ConnectionSpec, "host">): Machine | null {
  const isHere = ["localhost", "127.0.0.1", "::1"].includes(host);
  return isHere ? { processors: availableParallelism(), memoryBytes: totalmem() } : null;
}

export interface BuildSettings {
  /** Memory for one build. */
  memoryBytes: number;
  /** Processes beside the one that builds; null leaves what the server does. */
  workers: number | null;
}

/**
 * What each of so many lanes may take for an index. A worker where no processor is free costs more than it brings.
 * Of a machine that is not known, twice the shared buffers are divided: they were sized for it. Pure.
 */
export function buildSettings(lanes: number, machine: Machine | null, sharedBytes: number): BuildSettings {
  const all = machine ? machine.memoryBytes * MEMORY_SHARE : sharedBytes * 2;
  const workers = machine && Math.min(MOST_WORKERS, Math.max(0, Math.floor(machine.processors / lanes) - 1));
  return { memoryBytes: Math.min(MOST_BYTES, Math.floor(all / lanes)), workers };
}

/** What a core keeps near: runs this small are sorted faster than all at once, though they are merged afterwards. */
const NEAR_BYTES = 8 * MEBIBYTE;
/** Of the server's memory for each run of a merge, twice: a run holds about half of the memory it was sorted in. */
const MERGE_BYTES = 2 * 272 * 1024;
/** With less for each process, a server builds without workers. */
const BYTES_PER_PROCESS = 32 * MEBIBYTE;

/** The least memory in which so much is sorted with one merge. Pure. */
export const sortBytes = (bytes: number): number => Math.max(NEAR_BYTES, Math.ceil(Math.sqrt(MERGE_BYTES * bytes)));

/**
 * Whether the build sorts what comes in no order. Rows mostly were written in that of their key, and what is in order
 * already is sorted fastest in one run; other kinds of index are the better for all the memory there is.
 */
export const sortsUnordered = (statement: string): boolean =>
  statement.startsWith("CREATE") && statement.includes(" USING btree ");

/** What an index holds of its table, at most but for one of nearly all columns: that is merged twice. */
const INDEXED_SHARE = 1 / 2;

/** For the transaction that builds one such index of so large a table: never more than the session's own. */
export const sortSettings = (tableBytes: number): string => `
  select pg_catalog.set_config('maintenance_work_mem', least(${MEMORY_BYTES}, greatest(
           ${sortBytes(tableBytes * INDEXED_SHARE)},
           case workers when 0 then 0 else (workers + 1) * ${BYTES_PER_PROCESS} end)) / 1024 || 'kB', true)
    from (select setting::bigint as workers from pg_catalog.pg_settings
           where name = 'max_parallel_maintenance_workers') as server;`;

const SHARED_BYTES = "pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers'))";
const MEMORY_BYTES = "pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem'))";

/** Makes a session's builds quick. Never less memory than the server gives by itself. */
export async function tuneForBuilds(target: Client, spec: ConnectionSpec, lanes: number): Promise<void> {
  const { rows } = await target.query<{ shared: string; memory: string }>(
    `select ${SHARED_BYTES} as shared, ${MEMORY_BYTES} as memory`,
  );
  const settings = buildSettings(lanes, machineOf(spec), Number(rows[0]?.shared));
  const kibibytes = Math.floor(Math.max(settings.memoryBytes, Number(rows[0]?.memory)) / 1024);
  await target.query(
    `select pg_catalog.set_config('maintenance_work_mem', $1, false),
            pg_catalog.set_config(name, coalesce($2, setting), false)
       from pg_catalog.pg_settings where name = 'max_parallel_maintenance_workers'`,
    [`${kibibytes}kB`, settings.workers === null ? null : String(settings.workers)],
  );
}
