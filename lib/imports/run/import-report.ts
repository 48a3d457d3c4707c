import { asc, eq, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { snapshotHolders, verifications } from "@/lib/db/schema";
import { formatTableName } from "@/lib/plan/table-name";
import { inReport } from "@/lib/verify/compare-later";
import type { TableComparison } from "@/lib/verify/data-difference";
import { makeReport } from "@/lib/verify/report/make-report";
import type { Report, ReportEnd, ReportObjects, ReportTable } from "@/lib/verify/report/report-schema";
import { getImport } from "../get-import";
import { loadImport } from "../record";
import { findProof, OWN_REPORT, storeReport } from "../report-record";
import type { EndpointView, ImportView } from "../view";

/** What is told elsewhere in the report. */
const TOLD = new Set(["rows", "values", "object", "objects", "first rows"]);

/** Makes the report of an import of all that was compared, signs it and keeps it. May be repeated until it is kept. */
export async function storeImportReport(importId: string): Promise<void> {
  const proof = await findProof(importId);
  if (!proof) return;
  const [{ options }, view, compared, others, snapshot] = await Promise.all([
    loadImport(importId),
    getImport({ id: importId }),
    comparisonsOf(importId),
    otherComparisons(importId),
    firstSnapshot(importId),
  ]);
  const report = makeReport({
    kind: "import",
    importId,
    ...(options.content === "data" && { content: "data" as const }),
    at: view.now,
    source: endOf(view.source),
    target: endOf(view.target),
    snapshots: { source: snapshot, target: null },
    tables: view.tables.map((table) => tableOf(table, compared.get(formatTableName(table)))),
    objects: { ...proof.objects, differences: proof.objects.differences.map((found) => withReason(view, found)) },
    smoke: proof.smoke,
    others,
  });
  await storeReport(importId, OWN_REPORT, report);
}

export const endOf = ({ host, port, database: name, version }: EndpointView): ReportEnd => ({
  host,
  port,
  database: name,
  version,
});

/** What the units say that compared tables, by the table's name. */
async function comparisonsOf(importId: string): Promise<ReadonlyMap<string, TableComparison>> {
  const { rows } = await database().execute<{ compared: TableComparison }>(sql`
    select jsonb_array_elements(result->'compared') as compared
      from units where import_id = ${importId} and kind = 'verify' and state = 'done'
       and jsonb_typeof(result->'compared') = 'array'`);
  return new Map(rows.map(({ compared }) => [formatTableName(compared.table), compared]));
}

function tableOf(
  { schema, name, counted, bytesDone }: ImportView["tables"][number],
  compared: TableComparison | undefined,
): ReportTable {
  const table = { schema, name, bytes: bytesDone };
  if (compared) return { ...table, asked: true, ...inReport(compared) };
  // One that was counted by a Ferry that kept no more than the numbers.
  const equal = !counted || counted.source === counted.target;
  const detail = counted ? null : "its rows were not asked for";
  const asked = counted !== null;
  return { ...table, rows: counted, compared: counted ? "counts" : "none", asked, equal, checksums: null, detail };
}

/** Why an object could not be created, in the server's words, says more than its definition. */
function withReason(
  { verification }: ImportView,
  difference: ReportObjects["differences"][number],
): ReportObjects["differences"][number] {
  if (difference.code !== "object.missing") return difference;
  const told = verification.differences.find(
    ({ kind, subject }) => kind === "object" && subject === difference.subject,
  );
  return { ...difference, detail: told?.detail ?? difference.detail };
}

async function otherComparisons(importId: string): Promise<Report["others"]> {
  const rows = await database()
    .select()
    .from(verifications)
    .where(eq(verifications.importId, importId))
    .orderBy(asc(verifications.kind), asc(verifications.subject));
  return rows
    .filter(({ kind }) => !TOLD.has(kind))
    .map(({ kind, subject, equal, source, target }) => ({
      kind,
      subject,
      equal,
      source: source ?? "",
      target: target ?? "",
    }));
}

/** The snapshot that was copied: of its names, which change from keeper to keeper, the first one of the last epoch. */
async function firstSnapshot(importId: string): Promise<Report["snapshots"]["source"]> {
  const rows = await database().select().from(snapshotHolders).where(eq(snapshotHolders.importId, importId));
  const epoch = Math.max(0, ...rows.map((row) => row.epoch));
  const [first] = rows
    .filter((row) => row.epoch === epoch)
    .sort((left, right) => left.generation - right.generation || Number(left.takenAt) - Number(right.takenAt));
  return first
    ? { name: first.snapshot, horizon: first.horizon, at: first.takenAt.toISOString() }
    : { name: null, horizon: null, at: "" };
}
