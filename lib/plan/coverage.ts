import { keyNumber } from "./key-values";
import { type CopyPart, type CopyRange, isKeyRange, type ObjectsPart } from "./unit";

/** For tests: a row as ranges see it. */
export interface RowPlace {
  oid: number;
  page: number;
  /** Its key as a number: what it is by text does not matter to an order. */
  key: bigint;
}

type Holds = (row: RowPlace) => boolean;

function holds(range: CopyRange | null): Holds {
  if (!range) return () => true;
  if (!isKeyRange(range)) return ({ page }) => page >= range.from && (range.to === null || page < range.to);
  const [from, to] = [range.from, range.to].map((edge) => (edge === null ? null : keyNumber(range.type, edge)));
  return ({ key }) => (from == null || key >= from) && (to == null || key < to);
}

/** How many of the parts bring a row. Anything but one is a row lost or doubled. */
export function timesCopied(parts: CopyPart[]): (row: RowPlace) => number {
  const byTable = new Map<number, Holds[]>();
  for (const { table, range } of parts) byTable.set(table.oid, [...(byTable.get(table.oid) ?? []), holds(range)]);
  return (row) => byTable.get(row.oid)?.filter((one) => one(row)).length ?? 0;
}

/** Rows at and around each edge of the parts, where a mistake would be. */
export function rowsAtEdges(parts: CopyPart[]): RowPlace[] {
  return parts.flatMap(({ table: { oid }, range }) => {
    if (!range) return [{ oid, page: 0, key: 0n }];
    const edges = [range.from, range.to].filter((edge) => edge !== null);
    return edges.flatMap((edge) => {
      if (typeof edge === "number") return [edge - 1, edge].map((page) => ({ oid, page: Math.max(page, 0), key: 0n }));
      const number = isKeyRange(range) ? keyNumber(range.type, edge) : null;
      return number === null ? [] : [-1n, 0n, 1n].map((step) => ({ oid, page: 0, key: number + step }));
    });
  });
}

/** For tests: a byte of a large object. */
export interface BytePlace {
  oid: number;
  byte: number;
}

/** How many of the parts bring a byte, or an object that has none, which goes by its first. */
export const timesCarried =
  (parts: ObjectsPart[]) =>
  ({ oid, byte }: BytePlace): number =>
    parts.filter(
      ({ range, bytes }) =>
        oid >= range.from &&
        (range.to === null || oid < range.to) &&
        (bytes === null || (byte >= bytes.from && (bytes.to === null || byte < bytes.to))),
    ).length;

export function objectsAtEdges(parts: ObjectsPart[]): BytePlace[] {
  return parts.flatMap(({ range, bytes }) => {
    const oids = [range.from - 1, range.from, range.from + 1, (range.to ?? 2 ** 32) - 1, range.to ?? 2 ** 32 - 1];
    const edges = [0, bytes?.from ?? 0, bytes?.to ?? 0].flatMap((edge) => [edge - 1, edge, edge + 1]);
    const known = oids.filter((oid) => oid >= 0 && oid < 2 ** 32);
    return known.flatMap((oid) => edges.filter((byte) => byte >= 0).map((byte) => ({ oid, byte })));
  });
}
