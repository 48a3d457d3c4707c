import { explain } from "@/lib/errors/describe";
import { statementLine } from "@/lib/verify/report/statement";
import { loadImport } from "./record";
import { findReports, type ReportRecord } from "./report-record";

/** A verification of an import as a list shows it. */
export interface ReportLine {
  number: number;
  at: string;
  /** The import's own, or a later one. */
  kind: "import" | "later";
  state: "running" | "equal" | "differences" | "failed";
  /** What it says, or why there is none. */
  sentence: string;
}

export async function listReports({ id }: { id: string }): Promise<ReportLine[]> {
  await loadImport(id);
  const records = await findReports(id);
  // The import's own exists before its import has ended.
  return records.filter(({ number, report }) => number > 0 || report !== null).map(lineOf);
}

function lineOf({ number, at, report, error }: ReportRecord): ReportLine {
  const kind = number === 0 ? "import" : "later";
  if (report) return { number, at: report.at, kind, state: report.verdict, sentence: `${statementLine(report)}.` };
  if (error) return { number, at, kind, state: "failed", sentence: explain(error).what };
  return { number, at, kind, state: "running", sentence: "Both sides are being compared." };
}
