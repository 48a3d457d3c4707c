import { FerryError } from "@/lib/errors/ferry-error";
import type { Report } from "@/lib/verify/report/report-schema";
import { loadImport } from "./record";
import { findReport, OWN_REPORT } from "./report-record";

export interface SignedReport {
  report: Report;
  statement: string;
}

/** What a verification of the import says: by default the one at its end, by number a later one. */
export async function getReport({ id, number }: { id: string; number?: number }): Promise<SignedReport> {
  const { status } = await loadImport(id);
  const found = await findReport(id, number ?? OWN_REPORT);
  if (!found?.report || !found.statement) throw new FerryError("report.missing", { status });
  return { report: found.report, statement: found.statement };
}
