import { sql } from "drizzle-orm";
import type { Transaction } from "@/lib/db/client";
import { ranksOf } from "@/lib/plan/rank";
import type { Unit } from "@/lib/plan/unit";

/** The values of a part travel as one text each. */
const ROWS_PER_INSERT = 1_000;

/**
 * Writes the graph of units in the caller's transaction, so that a plan is there whole or not at all. `behind` is the
 * rank of what waits for all of it.
 */
export async function storeUnits(tx: Transaction, importId: string, graph: Unit[], behind = 0): Promise<void> {
  const ranks = ranksOf(graph);
  const rows = graph.map(({ id, subject, payload, cost, dependsOn }) => ({
    ...{ id, kind: payload.kind, subject, payload, cost },
    rank: (ranks.get(id) ?? cost) + behind,
    waiting_on: dependsOn.length,
  }));
  const edges = graph.flatMap(({ id, dependsOn }) => dependsOn.map((depends_on) => ({ unit_id: id, depends_on })));
  for (const part of inParts(rows)) {
    await tx.execute(sql`
      insert into units (import_id, id, kind, subject, payload, cost, rank, state, waiting_on)
      select ${importId}, id, kind, subject, payload, cost, rank, 'ready', waiting_on
        from json_to_recordset(${JSON.stringify(part)}::json)
          as unit (id text, kind text, subject text, payload jsonb, cost float8, rank float8, waiting_on int)`);
  }
  for (const part of inParts(edges)) {
    await tx.execute(sql`
      insert into unit_edges (import_id, unit_id, depends_on)
      select ${importId}, unit_id, depends_on
        from json_to_recordset(${JSON.stringify(part)}::json) as edge (unit_id text, depends_on text)`);
  }
}

function* inParts<T>(list: T[]): Generator<T[]> {
  for (let at = 0; at < list.length; at += ROWS_PER_INSERT) yield list.slice(at, at + ROWS_PER_INSERT);
}

/** Kinds whose effect stays when the data is read again under a new snapshot: structure, not data, nor what is known of it. */
const KEPT_KINDS = ["schema", "index"];

/** Makes everything that touched data ready again, with what it waits for counted afresh. */
export async function resetDataUnits(tx: Transaction, importId: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    update units set state = 'ready', lane = null, lease_until = null, retry_at = null, failures = 0, overruns = 0,
           rows_done = 0, bytes_done = 0, started_at = null, finished_at = null, result = null, error = null,
           detached_at = null
     where import_id = ${importId} and kind not in ${KEPT_KINDS}
    returning id`);
  await recountWaiting(tx, importId);
  return rows.map((row) => row.id);
}

/** Makes failed units ready again. */
export async function reviveFailedUnits(tx: Transaction, importId: string): Promise<void> {
  await tx.execute(sql`
    update units set state = 'ready', retry_at = null, failures = 0, overruns = 0, error = null, started_at = null,
           finished_at = null, detached_at = null
     where import_id = ${importId} and state = 'failed'`);
}

/** Of all units, or of some. */
export async function recountWaiting(tx: Transaction, importId: string, ids?: string[]): Promise<void> {
  await tx.execute(sql`
    update units u set waiting_on = (
           select count(*) from unit_edges e
             join units d on d.import_id = e.import_id and d.id = e.depends_on
            where e.import_id = u.import_id and e.unit_id = u.id and d.state <> 'done')
     where u.import_id = ${importId} and ${ids ? sql`u.id = any (${sql.param(ids)}::text[])` : sql`true`}`);
}
