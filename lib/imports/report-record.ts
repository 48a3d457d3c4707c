import canonicalize from "canonicalize";
import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { reports } from "@/lib/db/schema";
import type { StoredError } from "@/lib/errors/ferry-error";
import { digestOf, signText } from "@/lib/security/signing";
import type { Report, ReportObjects, ReportSmoke } from "@/lib/verify/report/report-schema";
import { statementText } from "@/lib/verify/report/statement";
import { signingKey } from "./signing-key";

/** The report that the import itself ends with. */
export const OWN_REPORT = 0;

/** What the last step of an import finds out, before the verdict is given. */
export interface Proof {
  objects: ReportObjects;
  smoke: ReportSmoke | null;
}

export interface ReportRecord {
  number: number;
  at: string;
  report: Report | null;
  statement: string | null;
  error: StoredError | null;
}

const ofReport = (importId: string, number: number) => and(eq(reports.importId, importId), eq(reports.number, number));

export async function storeProof(importId: string, proof: Proof): Promise<void> {
  await database()
    .insert(reports)
    .values({ importId, number: OWN_REPORT, proof })
    .onConflictDoUpdate({ target: [reports.importId, reports.number], set: { proof, at: sql`now()` } });
}

export async function findProof(importId: string): Promise<Proof | null> {
  const [row] = await database().select({ proof: reports.proof }).from(reports).where(ofReport(importId, OWN_REPORT));
  return (row?.proof ?? null) as Proof | null;
}

/** Signs a report and keeps it; the same report again is the same statement. */
export async function storeReport(importId: string, number: number, report: Report): Promise<void> {
  const statement = signText(statementText(report, reportDigest(report)), await signingKey());
  await database()
    .update(reports)
    .set({ body: report, statement, proof: null, error: null })
    .where(ofReport(importId, number));
}

/** Of the report as RFC 8785 writes it, so that it can be computed from any copy. */
export const reportDigest = (report: Report): string => digestOf(canonicalize(report) ?? "");

export async function storeReportError(importId: string, number: number, error: StoredError): Promise<void> {
  await database().update(reports).set({ error }).where(ofReport(importId, number));
}

/** A place for a verification that was asked for now. */
export async function beginReport(importId: string): Promise<number> {
  const [row] = await database()
    .insert(reports)
    .values({
      importId,
      number: sql`(select coalesce(max(number), 0) + 1 from ${reports} where import_id = ${importId})`,
    })
    .returning({ number: reports.number });
  if (!row) throw new Error("A report was not kept.");
  return row.number;
}

export async function findReports(importId: string): Promise<ReportRecord[]> {
  const rows = await database()
    .select()
    .from(reports)
    .where(eq(reports.importId, importId))
    .orderBy(asc(reports.number));
  return rows.map(recordOf);
}

export async function findReport(importId: string, number: number): Promise<ReportRecord | null> {
  const [row] = await database()
    .select()
    .from(reports)
    .where(and(ofReport(importId, number), isNotNull(reports.body)));
  return row ? recordOf(row) : null;
}

function recordOf({ number, at, body, statement, error }: typeof reports.$inferSelect): ReportRecord {
  return { number, at: at.toISOString(), report: body as Report | null, statement, error };
}
