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
  const { parts } = unit;
  if (parts.length < 2) return null;
  // A table without rows costs its statements too, so that even a bundle of those is cut in the middle.
  const weights = parts.map(({ table }) => Math.max(bytesOf(table.oid), 1));
  const total = sum(weights);
  let at = 1;
  while (at < parts.length - 1 && sum(weights.slice(0, at + 1)) <= total / 2) at++;
  const share = sum(weights.slice(0, at)) / total;
  return [
    { parts: parts.slice(0, at), share },
    { parts: parts.slice(at), share: 1 - share },
  ].map((half, index) => pieceOf(unit, index + 1, half.parts, half.share, subjectOf(half.parts.map(tableOf))));
}

/** Two ranges of a table or a range, or null where there is nothing to cut: one page, one value, no row. */
export function splitPart(unit: CopyToSplit, extent: PartExtent | null): CopyPiece[] | null {
  const [part] = unit.parts;
  if (!part || unit.parts.length > 1 || !extent) return null;
  const halves = "pages" in extent ? halfPages(part.range, extent.pages) : halfKeys(part.range, extent);
  const name = part.range ? `${unit.subject}.` : `${unit.subject}, part `;
  return (
    halves?.map((range, index) =>
      pieceOf(unit, index + 1, [{ table: part.table, range }], 1 / 2, `${name}${index + 1}`),
    ) ?? null
  );
}

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

const tableOf = ({ table }: CopyPart) => table;
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
