import { explain } from "@/lib/errors/describe";
import { statementLine } from "@/lib/verify/report/statement";
import { loadImport } from "./record";
import { findReports, isUnderWay, OWN_REPORT, type ReportRecord } from "./report-record";

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
  return records.filter(({ number, summary }) => number !== OWN_REPORT || summary !== null).map(lineOf);
}

function lineOf(record: ReportRecord): ReportLine {
  const { number, at, summary, error } = record;
  const kind = number === OWN_REPORT ? "import" : "later";
  if (summary) return { number, at: summary.at, kind, state: summary.verdict, sentence: `${statementLine(summary)}.` };
  if (error) return { number, at, kind, state: "failed", sentence: explain(error).what };
  if (!isUnderWay(record)) return { number, at, kind, state: "failed", sentence: "It was cut off." };
  return { number, at, kind, state: "running", sentence: "Both sides are being compared." };
}
