import type { Client } from "pg";

/** How far a statement is, as its server tells. */
export interface StatementProgress {
  /** In the server's words, e.g. `scanning table`. */
  phase: string;
  /** 0 to 1; null in a phase that tells no numbers. */
  fraction: number | null;
}

/** A row of pg_stat_progress_create_index (from 12 on) or pg_stat_progress_analyze (from 13 on). */
export interface ProgressRow {
  phase: string;
  done: number;
  total: number;
}

const CREATE_INDEX = `
  select p.phase,
         case when p.tuples_total > 0 then p.tuples_done else p.blocks_done end::float8 as done,
         case when p.tuples_total > 0 then p.tuples_total else p.blocks_total end::float8 as total
    from pg_catalog.pg_stat_progress_create_index p`;

const ANALYZE = `
  select p.phase, p.sample_blks_scanned::float8, p.sample_blks_total::float8
    from pg_catalog.pg_stat_progress_analyze p`;

/** Those of the one session of this name that is at work; its parallel workers are not listed. */
const inSession = (rows: string) => `${rows}
   where p.pid in (select pid from pg_catalog.pg_stat_activity
                    where datname = current_database() and application_name = $1)`;

const BOTH = [CREATE_INDEX, ANALYZE].map(inSession).join(" union all ");

/** What the server tells of the statement of a session; null where it tells nothing. */
export async function statementProgress(client: Client, session: string): Promise<StatementProgress | null> {
  const { rows: versions } = await client.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  const major = versions[0]?.major ?? 0;
  if (major < 12) return null;
  const { rows } = await client.query<ProgressRow>(major < 13 ? inSession(CREATE_INDEX) : BOTH, [session]);
  return rows[0] ? progressInWords(rows[0]) : null;
}

/**
 * The table is read, what was read is sorted, and the tree is written: about half, a tenth and the rest of a B-tree's
 * time. Other kinds of index tell of one phase only, and so does ANALYZE.
 */
const SPANS: Readonly<Record<string, { from: number; to: number }>> = {
  "building index: scanning table": { from: 0, to: 0.5 },
  "building index: sorting live tuples": { from: 0.5, to: 0.6 },
  "building index: loading tuples in tree": { from: 0.6, to: 1 },
  "acquiring sample rows": { from: 0, to: 1 },
};

export function progressInWords({ phase, done, total }: ProgressRow): StatementProgress {
  const words = phase.replace(/^building index: /, "");
  const span = SPANS[phase] ?? (phase === "building index" ? { from: 0, to: 1 } : null);
  if (!span) return { phase: words, fraction: null };
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  return { phase: words, fraction: span.from + share * (span.to - span.from) };
}
