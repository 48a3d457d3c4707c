import { asc, eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { findings as table } from "@/lib/db/schema";
import type { Finding, Severity } from "@/lib/preflight/finding";

/** Replaces what the checks said before. */
export async function storeFindings(importId: string, findings: Finding[]): Promise<void> {
  await database().transaction(async (tx) => {
    await tx.delete(table).where(eq(table.importId, importId));
    const rows = findings.map((finding, position) => ({ ...finding, importId, position }));
    if (rows.length > 0) await tx.insert(table).values(rows);
  });
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
