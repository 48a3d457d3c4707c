import { FerryError } from "@/lib/errors/ferry-error";
import type { Report } from "@/lib/verify/report/report-schema";
import { loadImport } from "./record";
import { findReport, OWN_REPORT } from "./report-record";

/** What a verification of the import says: by default the one at its end, by number a later one. */
export async function getReport({
  id,
  number = OWN_REPORT,
}: {
  id: string;
  number?: number;
}): Promise<{ report: Report; statement: string }> {
  const { status } = await loadImport(id);
  const found = await findReport(id, number);
  if (!found) throw new FerryError("report.missing", { status });
  return found;
}
