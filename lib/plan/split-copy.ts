import type { TableKey } from "@/lib/source/table-keys";
import { subjectOf } from "./data-units";
import { keyMiddle } from "./key-values";
import { type CopyPart, type CopyRange, isKeyRange, type PageRange, type UnitPiece } from "./unit";

/** What the source says of a part that is to be cut: its table's heap, or the ends of its rows by a key. */
export type PartExtent = { pages: number } | { key: TableKey; least: string; most: string };

export interface CopyToSplit {
  id: string;
  subject: string;
  cost: number;
  parts: CopyPart[];
}

export type CopyPiece = UnitPiece & { payload: { kind: "copy"; parts: CopyPart[] } };

/** Two bundles of a bundle, each with about half of the bytes. The parts stay as they are: a whole table stays whole. */
export function splitBundle(unit: CopyToSplit, bytesOf: (oid: number) => number): CopyPiece[] | null {
  const halves = halvesOf(unit.parts, ({ table }) => bytesOf(table.oid));
  return (
    halves?.map(({ items, share }, index) =>
      pieceOf(unit, index + 1, items, share, subjectOf(items.map(({ table }) => table))),
    ) ?? null
  );
}

/** Two lists of one, with about half of the bytes each and their share of them. */
export function halvesOf<T>(list: T[], bytesOf: (item: T) => number): { items: T[]; share: number }[] | null {
  if (list.length < 2) return null;
  // A table without rows costs its statements too, so that even a bundle of those is cut in the middle.
  const weights = list.map((item) => Math.max(bytesOf(item), 1));
  const total = sum(weights);
  let at = 1;
  while (at < list.length - 1 && sum(weights.slice(0, at + 1)) <= total / 2) at++;
  const share = sum(weights.slice(0, at)) / total;
  return [
    { items: list.slice(0, at), share },
    { items: list.slice(at), share: 1 - share },
  ];
}

/** Two ranges of a table or a range, or null where there is nothing to cut: one page, one value, no row. */
export function splitPart(unit: CopyToSplit, extent: PartExtent | null): CopyPiece[] | null {
  const [part] = unit.parts;
  if (!part || unit.parts.length > 1 || !extent) return null;
  const halves = halfRanges(part.range, extent);
  const name = part.range ? `${unit.subject}.` : `${unit.subject}, part `;
  return (
    halves?.map((range, index) =>
      pieceOf(unit, index + 1, [{ table: part.table, range }], 1 / 2, `${name}${index + 1}`),
    ) ?? null
  );
}

/** Both halves of a range, or of a whole table, or null where there is nothing to cut. */
export const halfRanges = (range: CopyRange | null, extent: PartExtent): CopyRange[] | null =>
  "pages" in extent ? halfPages(range, extent.pages) : halfKeys(range, extent);

function halfPages(range: CopyRange | null, pages: number): PageRange[] | null {
  if (range && isKeyRange(range)) return null;
  const { from, to } = range ?? { from: 0, to: null };
  const middle = Math.floor((from + (to ?? pages)) / 2);
  if (middle <= from) return null;
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

function halfKeys(
  range: CopyRange | null,
  { key, least, most }: Extract<PartExtent, { least: string }>,
): CopyRange[] | null {
  if (range && !(isKeyRange(range) && range.column === key.column)) return null;
  const middle = keyMiddle(key, least, most);
  if (middle === null) return null;
  const { column, type } = key;
  return [
    { column, type, from: range?.from ?? null, to: middle },
    { column, type, from: middle, to: range?.to ?? null },
  ];
}

function pieceOf(unit: CopyToSplit, number: number, parts: CopyPart[], share: number, subject: string): CopyPiece {
  return { id: `${unit.id}/${number}`, subject, cost: unit.cost * share, payload: { kind: "copy", parts } };
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
