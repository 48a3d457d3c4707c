import type { Client } from "pg";
import { rangeCondition } from "@/lib/copy/copy-statements";
import type { PartExtent } from "@/lib/plan/split-copy";
import type { CountedHeap } from "@/lib/plan/split-count";
import { type CopyPart, type CountedSide, isKeyRange, type TableRef } from "@/lib/plan/unit";
import { quoteQualified } from "@/lib/postgres/quote";
import { majorVersion, PAGE_RANGES_FROM_MAJOR } from "@/lib/source/inventory";
import { readKeyEdges, readTableKeys, type TableKey } from "@/lib/source/table-keys";

/** By name, since a table's oid is another on each side. */
const HEAP = `
  select current_setting('server_version_num')::int as "versionNumber", bytes::float8 as bytes,
         (bytes / current_setting('block_size')::int)::float8 as pages
    from (select coalesce(pg_relation_size(to_regclass($1)), 0) as bytes) as heap`;

interface Heap {
  versionNumber: number;
  bytes: number;
  pages: number;
}

async function readHeap(client: Client, { schema, name }: TableRef): Promise<Heap> {
  const { rows } = await client.query<Heap>(HEAP, [quoteQualified(schema, name)]);
  return rows[0] ?? { versionNumber: 0, bytes: 0, pages: 0 };
}

/** How far a part reaches on the source: in pages where it can read ranges of them, else by the table's key. */
export const measurePart = async (source: Client, part: CopyPart): Promise<PartExtent | null> =>
  extentOf(source, await readHeap(source, part.table), part);

async function extentOf(source: Client, heap: Heap, { table, range }: CopyPart): Promise<PartExtent | null> {
  if (!(range && isKeyRange(range)) && majorVersion(heap) >= PAGE_RANGES_FROM_MAJOR) return { pages: heap.pages };
  const known = (await readTableKeys(source, [table.oid])).get(table.oid) ?? null;
  const key: TableKey | null =
    range && isKeyRange(range) && known?.column !== range.column ? { ...range, bounds: [] } : known;
  if (!key) return null;
  const edges = await readKeyEdges(source, table, key.column, range ? rangeCondition(range) : undefined);
  return edges && { key, ...edges };
}

/** What there is of a table to be counted. A target from before ranges of pages counts it whole: it may outlive steps. */
export async function measureHeap(
  side: CountedSide,
  client: Client,
  table: TableRef,
  range: CopyPart["range"] = null,
): Promise<CountedHeap> {
  const heap = await readHeap(client, table);
  const { bytes, pages } = heap;
  if (side === "source") return { bytes, extent: await extentOf(client, heap, { table, range }) };
  return { bytes, extent: majorVersion(heap) >= PAGE_RANGES_FROM_MAJOR ? { pages } : null };
}
