import canonicalize from "canonicalize";
import { and, asc, eq, sql } from "drizzle-orm";
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

/** A report without its long parts. */
export type ReportSummary = Pick<Report, "at" | "verdict" | "totals" | "snapshots" | "content">;

export interface ReportRecord {
  number: number;
  at: string;
  summary: ReportSummary | null;
  error: StoredError | null;
}

/** What has not ended after so long was cut off without a word. */
const LONGEST_MS = 60 * 60_000;

export const isUnderWay = ({ number, at, summary, error }: ReportRecord): boolean =>
  number !== OWN_REPORT && summary === null && error === null && Date.now() - Date.parse(at) < LONGEST_MS;

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
    .select({
      number: reports.number,
      at: reports.at,
      summary: sql<ReportSummary | null>`${reports.body} - array['tables', 'objects', 'smoke', 'others']`,
      error: reports.error,
    })
    .from(reports)
    .where(eq(reports.importId, importId))
    .orderBy(asc(reports.number));
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function findReport(
  importId: string,
  number: number,
): Promise<{ report: Report; statement: string } | null> {
  const [row] = await database()
    .select({ body: reports.body, statement: reports.statement })
    .from(reports)
    .where(ofReport(importId, number));
  return row?.body && row.statement ? { report: row.body as Report, statement: row.statement } : null;
}
