import type { Client } from "pg";
import { rangeCondition } from "@/lib/copy/copy-statements";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import { type CopyPiece, type CopyToSplit, type PartExtent, splitBundle, splitPart } from "@/lib/plan/split-copy";
import { type CopyPart, isKeyRange } from "@/lib/plan/unit";
import { majorVersion, PAGE_RANGES_FROM_MAJOR } from "@/lib/source/inventory";
import { readKeyEdges, readTableKeys, type TableKey } from "@/lib/source/table-keys";

/** Two units in the place of one, or null where it cannot be cut: a page, a table without a key. */
export async function cutCopy(
  source: Client,
  unit: CopyToSplit,
  tables: ReadonlyMap<number, PlannedTable>,
): Promise<CopyPiece[] | null> {
  const bundles = splitBundle(unit, (oid) => tables.get(oid)?.bytes ?? 0);
  const [part] = unit.parts;
  if (bundles || !part) return bundles;
  return splitPart(unit, await measure(source, part));
}

const HEAP = `
  select current_setting('server_version_num')::int as "versionNumber",
         (pg_relation_size($1::oid::regclass) / current_setting('block_size')::int)::float8 as pages`;

/** How far a part reaches on the source: in pages where it can read ranges of them, else by the table's key. */
async function measure(source: Client, { table, range }: CopyPart): Promise<PartExtent | null> {
  const { rows } = await source.query<{ versionNumber: number; pages: number | null }>(HEAP, [table.oid]);
  const [heap = { versionNumber: 0, pages: null }] = rows;
  if (!(range && isKeyRange(range)) && majorVersion(heap) >= PAGE_RANGES_FROM_MAJOR) return { pages: heap.pages ?? 0 };
  const known = (await readTableKeys(source, [table.oid])).get(table.oid) ?? null;
  const key: TableKey | null =
    range && isKeyRange(range) && known?.column !== range.column ? { ...range, bounds: [] } : known;
  if (!key) return null;
  const edges = await readKeyEdges(source, table, key.column, range ? rangeCondition(range) : undefined);
  return edges && { key, ...edges };
}
