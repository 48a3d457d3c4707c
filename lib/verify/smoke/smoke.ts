import type { Client } from "pg";
import { formatTableName } from "@/lib/plan/table-name";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import type { ReportSmoke } from "../report/report-schema";
import { compareRows, type RowDigests } from "./compare-rows";
import { firstRowsSql, keysSql, SAME_WORDS, type SmokeKey, type SmokeTable } from "./smoke-sql";

const TABLES_PER_QUERY = 20;
const LONGEST_QUERY_MS = 5_000;

interface NamedColumns {
  schema: string;
  name: string;
  columns: string[];
}

interface SmokeRequest {
  /** Both within a transaction that only reads and sees one state. */
  source: Client;
  target: Client;
  tables: readonly NamedColumns[];
  /** For all tables together. */
  limitMs: number;
  /** Asked once all is read: tables of which the source's transaction cannot see the rows that it should. */
  findRewritten?: () => Promise<readonly { schema: string; name: string }[]>;
}

type Outcome = { rows: number; differences: string[] } | { reason: string };

const NO_KEY = "no key that every server orders alike";
const REWRITTEN = "truncated or rewritten on the source since";
const TOO_LATE = "the time for it was up";

/**
 * Compares the rows with the lowest keys of each table, read by two plain queries: a check of its own, which shares
 * nothing with how rows are copied or counted. Bounded in time, and in the length of a value.
 */
export async function smokeRows(request: SmokeRequest): Promise<ReportSmoke> {
  const sides = [request.source, request.target];
  const all = (sql: string) => Promise.all(sides.map((client) => client.query(sql)));
  await all(`savepoint first_rows; ${SAME_WORDS}`);
  const smoke = await readAndCompare(request);
  // Takes the settings back: the transaction may go on to copy rows, in other words.
  await all("rollback to savepoint first_rows; release savepoint first_rows");
  return smoke;
}

async function readAndCompare(request: SmokeRequest): Promise<ReportSmoke> {
  const { source, target, tables, limitMs } = request;
  const deadline = Date.now() + limitMs;
  const outcomes = new Map<string, Outcome>();
  const note = ({ schema, name }: Omit<NamedColumns, "columns">, outcome: Outcome) =>
    outcomes.set(formatTableName({ schema, name }), outcome);
  const keys = await readKeys(source, tables);
  const ordered = tables.flatMap((table, position): SmokeTable[] => {
    const key = keys.get(position);
    if (!key) note(table, { reason: NO_KEY });
    return key ? [{ ...table, key }] : [];
  });
  for (let at = 0; at < ordered.length; at += TABLES_PER_QUERY) {
    const chunk = ordered.slice(at, at + TABLES_PER_QUERY);
    const together = await compareTables({ source, target }, chunk, deadline);
    // One that is refused or takes long is told from the others.
    const alone = async (table: SmokeTable) => (await compareTables({ source, target }, [table], deadline))[0];
    for (const [index, table] of chunk.entries()) {
      const outcome = together[index];
      const failed = outcome === undefined || "reason" in outcome;
      note(table, (failed && chunk.length > 1 ? await alone(table) : outcome) ?? { reason: TOO_LATE });
    }
  }
  for (const table of (await request.findRewritten?.()) ?? []) note(table, { reason: REWRITTEN });
  return summary(outcomes);
}

async function readKeys(source: Client, tables: readonly NamedColumns[]): Promise<Map<number, SmokeKey>> {
  const version = await source.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  const { rows } = await source.query<{ position: number; key: SmokeKey }>(keysSql(version.rows[0]?.major ?? 0), [
    tables.map(({ schema }) => schema),
    tables.map(({ name }) => name),
  ]);
  return new Map(rows.map(({ position, key }) => [position - 1, key]));
}

async function compareTables(
  { source, target }: Pick<SmokeRequest, "source" | "target">,
  tables: SmokeTable[],
  deadline: number,
): Promise<Outcome[]> {
  const leftMs = Math.floor(Math.min(LONGEST_QUERY_MS, deadline - Date.now()));
  if (leftMs <= 0) return tables.map(() => ({ reason: TOO_LATE }));
  const sql = tables.map(firstRowsSql).join("\nunion all\n");
  // Settled, so that the one session is at rest before the other's error is told.
  const [was, is] = await Promise.allSettled([readRows(source, sql, leftMs), readRows(target, sql, leftMs)]);
  if (was.status === "rejected" || is.status === "rejected") {
    const [side, error] =
      was.status === "rejected" ? ["source", was.reason] : ["target", (is as PromiseRejectedResult).reason];
    return tables.map(() => ({ reason: `the ${side} refused the query (${sqlstateOf(error) ?? "no code"})` }));
  }
  return tables.map((table, position) => {
    const [left, right] = [was.value.get(position) ?? [], is.value.get(position) ?? []];
    return { rows: Math.max(left.length, right.length), differences: compareRows(table, left, right) };
  });
}

async function readRows(client: Client, sql: string, limitMs: number): Promise<Map<number, RowDigests[]>> {
  await client.query(`savepoint smoke; set local statement_timeout = ${limitMs}`);
  try {
    const { rows } = await client.query<{ position: number; row: number; digests: string[] }>(`${sql} order by 1, 2`);
    await client.query("set local statement_timeout = 0; release savepoint smoke");
    const byTable = new Map<number, RowDigests[]>();
    for (const { position, digests } of rows) byTable.set(position, [...(byTable.get(position) ?? []), digests]);
    return byTable;
  } catch (error) {
    await client.query("rollback to savepoint smoke; release savepoint smoke");
    throw error;
  }
}

function summary(outcomes: ReadonlyMap<string, Outcome>): ReportSmoke {
  const reasons = new Map<string, number>();
  const smoke: ReportSmoke = { tables: 0, rows: 0, differences: [], notCompared: [] };
  for (const [table, outcome] of outcomes) {
    if ("reason" in outcome) {
      reasons.set(outcome.reason, (reasons.get(outcome.reason) ?? 0) + 1);
      continue;
    }
    smoke.tables += 1;
    smoke.rows += outcome.rows;
    smoke.differences.push(...outcome.differences.map((detail) => ({ table, detail })));
  }
  smoke.notCompared = [...reasons].map(([reason, tables]) => ({ reason, tables }));
  return smoke;
}

/** Of several parts of an import, one whole. Pure. */
export function addSmoke(parts: readonly ReportSmoke[]): ReportSmoke {
  const reasons = new Map<string, number>();
  for (const { reason, tables } of parts.flatMap(({ notCompared }) => notCompared)) {
    reasons.set(reason, (reasons.get(reason) ?? 0) + tables);
  }
  return {
    tables: parts.reduce((sum, { tables }) => sum + tables, 0),
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    differences: parts.flatMap(({ differences }) => differences),
    notCompared: [...reasons].map(([reason, tables]) => ({ reason, tables })),
  };
}
