import { sql } from "drizzle-orm";
import { findRewritten } from "@/lib/copy/rewritten";
import { database } from "@/lib/db/client";
import type { TableRef } from "@/lib/plan/unit";
import type { ReportSmoke } from "@/lib/verify/report/report-schema";
import { addSmoke, smokeRows } from "@/lib/verify/smoke/smoke";
import type { UnitWork } from "./run-unit";

/** For the tables of one unit together, and of what is left of the step: a unit must not be broken off for these rows. */
const LIMIT_MS = 10_000;
const SHARE_OF_REST = 0.3;

/** The first rows of the tables of a unit that compares them: the source's under the import's snapshot. */
export async function smokeUnit({ sessions, tables, deadline }: UnitWork, compared: TableRef[]): Promise<ReportSmoke> {
  const [source, target] = await Promise.all([sessions.source(), sessions.target()]);
  const named = compared.flatMap((table) => {
    const columns = tables.get(table.oid)?.columns;
    return columns ? [{ ...table, columns }] : [];
  });
  await target.query("begin isolation level repeatable read read only");
  try {
    return await smokeRows({
      source,
      target,
      tables: named,
      limitMs: Math.min(LIMIT_MS, (deadline - Date.now()) * SHARE_OF_REST),
      findRewritten: () => findRewritten(source, named),
    });
  } finally {
    await target.query("rollback");
  }
}

/** What all units say together. */
export async function smokeOfUnits(importId: string): Promise<ReportSmoke> {
  const { rows } = await database().execute<{ smoke: ReportSmoke | null; tables: number }>(sql`
    select result->'smoke' as smoke, jsonb_array_length(payload->'tables') as tables
      from units where import_id = ${importId} and kind = 'verify' order by id`);
  return addSmoke(rows.map(({ smoke, tables }) => smoke ?? inPieces(tables)));
}

const inPieces = (tables: number): ReportSmoke => ({
  tables: 0,
  rows: 0,
  differences: [],
  notCompared: tables === 0 ? [] : [{ reason: "large, and compared in pieces", tables }],
});
