import { makeReport } from "./make-report";
import type { Report } from "./report-schema";

/** Reports for tests. Nothing outside tests imports this. */
export function aReport(more: Partial<Omit<Report, "version" | "verdict" | "totals">> = {}): Report {
  return makeReport({
    kind: "import",
    importId: "01J00000000000000000000000",
    at: "2026-03-01T12:10:00.000Z",
    source: { host: "db.example.com", port: 5432, database: "shop", version: "15.18" },
    target: { host: "127.0.0.1", port: 5433, database: "shop_copy", version: "18.4" },
    snapshots: { source: { name: "00000004-1", horizon: "10:10:", at: "2026-03-01T12:00:00.000Z" }, target: null },
    tables: [aTableReport()],
    objects: {
      kinds: [{ kind: "table", count: 1 }],
      states: [{ what: "indexes valid and ready", count: 3 }],
      differences: [],
      byDesign: [],
      leftOut: [],
    },
    smoke: { tables: 1, rows: 5, differences: [], notCompared: [] },
    others: [],
    ...more,
  });
}

export const aTableReport = (more: Partial<Report["tables"][number]> = {}): Report["tables"][number] => ({
  schema: "public",
  name: "orders",
  rows: { source: 1_204, target: 1_204 },
  bytes: 4_096,
  compared: "counts",
  asked: true,
  equal: true,
  checksums: null,
  detail: null,
  ...more,
});
