import { REPORT_VERSION, type Report } from "./report-schema";

type Parts = Omit<Report, "version" | "verdict" | "totals">;

/** Adds up what was compared, and gives the verdict: a difference anywhere is a difference. Pure. */
export function makeReport(parts: Parts): Report {
  const compared = parts.tables.filter(({ rows }) => rows !== null);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const differences =
    parts.tables.filter(({ equal }) => !equal).length +
    parts.objects.differences.length +
    (parts.smoke?.differences.length ?? 0) +
    parts.others.filter(({ equal }) => !equal).length;
  return {
    version: REPORT_VERSION,
    ...parts,
    verdict: differences > 0 ? "differences" : "equal",
    totals: {
      tables: compared.length,
      rows: sum(compared.map(({ rows }) => rows?.source ?? 0)),
      bytes: sum(parts.tables.map(({ bytes }) => bytes)),
      objects: sum(parts.objects.kinds.map(({ count }) => count)),
      differences,
      leftOut: parts.objects.leftOut.length,
      notCompared: parts.tables.filter(({ asked, rows }) => asked && rows === null).length,
    },
  };
}
