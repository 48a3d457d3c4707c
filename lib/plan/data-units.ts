import type { SourceMaterializedView, SourceRelation, SourceTable } from "@/lib/source/inventory";
import type { CopyBundle } from "./copy-plan";
import { analyzeCost, checksumCost, compareCost, copyCost, statementsCost } from "./cost";
import type { TableRef, Unit } from "./unit";

const SEQUENCES_PER_UNIT = 500;
const LARGE_TABLE_BYTES = 64 * 1024 * 1024;
const TABLES_PER_UNIT = 100;

export const refOf = ({ oid, schema, name }: SourceRelation): TableRef => ({ oid, schema, name });
const title = ({ schema, name }: { schema: string; name: string }) => `${schema}.${name}`;

/** `public.orders`, or `public.lookup_1 and 41 more`. */
export function subjectOf(tables: { schema: string; name: string }[]): string {
  const [first] = tables;
  if (!first) return "";
  return tables.length === 1 ? title(first) : `${title(first)} and ${tables.length - 1} more`;
}

export function copyUnits(bundles: CopyBundle[], dependsOn: string[]): Unit[] {
  const ranges = new Map<number, number>();
  return bundles.map((bundle, index) => {
    const [first] = bundle.parts;
    const part = first?.range ? (ranges.get(first.table.oid) ?? 0) + 1 : 0;
    if (first && part > 0) ranges.set(first.table.oid, part);
    const suffix = part > 0 ? `, part ${part}` : "";
    return {
      id: `copy:${index + 1}`,
      subject: subjectOf(bundle.parts.map((item) => item.table)) + suffix,
      cost: copyCost(bundle.bytes, bundle.parts.length),
      dependsOn,
      payload: { kind: "copy", parts: bundle.parts },
    };
  });
}

/** Oid of each table to the units that bring its rows. */
export function copiesByTable(units: Unit[]): Map<number, string[]> {
  const map = new Map<number, string[]>();
  for (const { id, payload } of units) {
    if (payload.kind !== "copy") continue;
    for (const { table } of payload.parts) {
      const list = map.get(table.oid) ?? [];
      if (!list.includes(id)) list.push(id);
      map.set(table.oid, list);
    }
  }
  return map;
}

export function sequenceUnits(sequences: SourceRelation[], dependsOn: string[]): Unit[] {
  return inChunks(sequences, SEQUENCES_PER_UNIT).map((chunk, index) => ({
    id: `sequence:${index + 1}`,
    subject: chunk.length === 1 ? subjectOf(chunk) : `${chunk.length} sequences`,
    cost: statementsCost(chunk.length),
    dependsOn,
    payload: { kind: "sequence", sequences: chunk.map(refOf) },
  }));
}

/** Each waits for all data and for the materialized views that it reads. */
export function refreshUnits(views: SourceMaterializedView[], dependsOn: string[]): Unit[] {
  const present = new Set(views.map((view) => view.oid));
  return views.map((view) => ({
    id: `refresh:${view.oid}`,
    subject: title(view),
    cost: 1,
    dependsOn: [...dependsOn, ...view.reads.filter((oid) => present.has(oid)).map((oid) => `refresh:${oid}`)],
    payload: { kind: "refresh", view: refOf(view) },
  }));
}

/** Counting and analysing go over tables: a large one alone, small ones together. */
export function tableUnits(
  kind: "analyze" | "verify",
  tables: SourceTable[],
  dependsOn: (table: SourceTable) => string[],
  checksums = false,
): Unit[] {
  const large = tables.filter((table) => table.bytes >= LARGE_TABLE_BYTES).map((table) => [table]);
  const small = inChunks(
    tables.filter((table) => table.bytes < LARGE_TABLE_BYTES),
    TABLES_PER_UNIT,
  );
  const costOf = kind === "analyze" ? analyzeCost : checksums ? checksumCost : compareCost;
  return [...large, ...small].map((group, index) => ({
    id: `${kind}:${index + 1}`,
    subject: subjectOf(group),
    cost: group.reduce((sum, table) => sum + costOf(table.bytes), 0),
    dependsOn: [...new Set(group.flatMap(dependsOn))],
    payload: { kind, tables: group.map(refOf), ...(checksums && { checksums }) },
  }));
}

export function inChunks<T>(list: T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < list.length; at += size) chunks.push(list.slice(at, at + size));
  return chunks;
}
