import { asc, eq, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { findings as table } from "@/lib/db/schema";
import type { ImportOptions } from "@/lib/plan/options";
import type { Finding, Severity } from "@/lib/preflight/finding";
import { byTestRun } from "./test-run-estimate";

/** For so long a start goes by them without looking again: for one that follows at once. */
const FRESH = sql`interval '5 seconds'`;

/** Replaces what the checks said before. They went by these options, which may have been changed meanwhile. */
export async function storeFindings(importId: string, findings: Finding[], options: ImportOptions): Promise<void> {
  const told = await byTestRun(importId, findings);
  await database().transaction(async (tx) => {
    await tx.execute(sql`
      update imports set checked_at = case when options = ${JSON.stringify(options)}::jsonb then now() end
       where id = ${importId}`);
    await tx.delete(table).where(eq(table.importId, importId));
    const rows = told.map((finding, position) => ({ ...finding, importId, position }));
    if (rows.length > 0) await tx.insert(table).values(rows);
  });
}

/** Whether the checks have gone by the options as they are, however long ago. */
export async function areFindingsCurrent(importId: string): Promise<boolean> {
  const { rowCount } = await database().execute(
    sql`select from imports where id = ${importId} and checked_at is not null`,
  );
  return rowCount === 1;
}

/** Whether the checks have just passed by the options as they are. */
export async function haveJustPassed(importId: string): Promise<boolean> {
  const { rowCount } = await database().execute(sql`
    select from imports
     where id = ${importId} and checked_at > now() - ${FRESH}
       and not exists (select from findings where import_id = ${importId} and severity = 'block')`);
  return rowCount === 1;
}

export async function findingsOf(importId: string): Promise<Finding[]> {
  const rows = await database().select().from(table).where(eq(table.importId, importId)).orderBy(asc(table.position));
  return rows.map(({ code, severity, subject, message, remedy, sql }) => ({
    code,
    severity: severity as Severity,
    subject,
    message,
    remedy,
    sql,
  }));
}
