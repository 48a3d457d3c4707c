import { type Inventory, majorVersion, PAGE_RANGES_FROM_MAJOR, type SourceTable } from "@/lib/source/inventory";
import { type SourceType, travelsAsBinary } from "@/lib/source/type-facts";
import { keyRanges } from "./key-values";
import type { CopyPart, CopyRange, PageRange } from "./unit";

export type CopyFormat = "binary" | "text";

/** What is kept of a table for the whole import: stored once, read by lanes, verification and pages. */
export interface PlannedTable {
  oid: number;
  schema: string;
  name: string;
  /** Columns that are sent: generated ones are computed again by the target. */
  columns: string[];
  format: CopyFormat;
  estimatedRows: number;
  bytes: number;
  /** False when only its definition is wanted. */
  withData: boolean;
  /** The target's has columns that the source's has not: these are left alone. */
  mayHaveMore?: true;
}

/** A piece is worth a transaction of its own from here on; smaller tables travel in bundles. */
const SMALL_TABLE_BYTES = 4 * 1024 * 1024;
const BUNDLE_BYTES = 32 * 1024 * 1024;
const BUNDLE_TABLES = 100;
/** A table up to this size is loaded in one piece, with FREEZE. */
const SPLIT_FROM_BYTES = 512 * 1024 * 1024;
const RANGE_BYTES = 256 * 1024 * 1024;

export interface CopyBundle {
  parts: CopyPart[];
  bytes: number;
}

export function planTable(table: SourceTable, types: ReadonlyMap<number, SourceType>, withData: boolean): PlannedTable {
  const sent = table.columns.filter((column) => !column.generated);
  const portable = sent.length > 0 && sent.every((column) => travelsAsBinary(column.typeOid, types));
  return {
    oid: table.oid,
    schema: table.schema,
    name: table.name,
    columns: sent.map((column) => column.name),
    format: portable ? "binary" : "text",
    estimatedRows: table.estimatedRows,
    bytes: table.bytes,
    withData,
  };
}

/** Cuts the heap into ranges of pages, each with its share of TOAST; the last one is open, for pages added since. */
export function pageRanges(bytes: number, pages: number): PageRange[] {
  return evenPageRanges(Math.ceil(bytes / RANGE_BYTES), pages);
}

/** At most `most` ranges, with as many pages each as far as that goes. */
export function evenPageRanges(most: number, pages: number): PageRange[] {
  const count = Math.max(1, Math.min(most, pages));
  const edges = Array.from({ length: count }, (_, index) => Math.floor((index * pages) / count));
  return edges.map((from, index) => ({ from, to: edges[index + 1] ?? null }));
}

/** By pages where the server can, else by the table's key; a table without one stays whole. */
function rangesOf({ bytes, pages, key }: SourceTable, server: Inventory["server"]): CopyRange[] {
  if (bytes < SPLIT_FROM_BYTES) return [];
  if (majorVersion(server) >= PAGE_RANGES_FROM_MAJOR) return pageRanges(bytes, pages);
  return key ? keyRanges(key, Math.ceil(bytes / RANGE_BYTES)) : [];
}

/** Small tables make at least as many bundles as there are lanes. */
function bundleLimits(tables: SourceTable[], lanes: number): { bytes: number; tables: number } {
  const small = tables.filter(({ bytes }) => bytes < SMALL_TABLE_BYTES);
  const total = small.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    bytes: Math.min(BUNDLE_BYTES, Math.max(SMALL_TABLE_BYTES, Math.ceil(total / lanes))),
    tables: Math.min(BUNDLE_TABLES, Math.ceil(small.length / lanes)),
  };
}

/** Every row of every table in exactly one part. Small tables share a bundle, large ones are cut. */
export function planCopies(tables: SourceTable[], server: Inventory["server"], lanes: number): CopyBundle[] {
  const limits = bundleLimits(tables, lanes);
  const bundles: CopyBundle[] = [];
  let open: CopyBundle | null = null;
  const bySize = [...tables].sort((left, right) => right.bytes - left.bytes || left.oid - right.oid);
  for (const source of bySize) {
    const { oid, schema, name, bytes } = source;
    const table = { oid, schema, name };
    const ranges = rangesOf(source, server);
    // A single range is the whole table: in one piece it is frozen too.
    if (ranges.length > 1) {
      for (const range of ranges) bundles.push({ parts: [{ table, range }], bytes: bytes / ranges.length });
      continue;
    }
    if (bytes >= SMALL_TABLE_BYTES) {
      bundles.push({ parts: [{ table, range: null }], bytes });
      continue;
    }
    if (!open || open.bytes + bytes > limits.bytes || open.parts.length >= limits.tables) {
      open = { parts: [], bytes: 0 };
      bundles.push(open);
    }
    open.parts.push({ table, range: null });
    open.bytes += bytes;
  }
  return bundles;
}
