import { evenPageRanges } from "./copy-plan";
import { checksumCost, inPiecesFrom, scanCost, statementsCost } from "./cost";
import { subjectOf } from "./data-units";
import { keyRanges } from "./key-values";
import { halfRanges, halvesOf, type PartExtent } from "./split-copy";
import {
  type CopyRange,
  type CountedSide,
  countedSides,
  type TableRef,
  type UnitPayload,
  type UnitPiece,
} from "./unit";

/** Counted within a few seconds on an ordinary server, or summed up. */
const PIECE_BYTES = 1024 ** 3;
const SUMMED_PIECE_BYTES = 256 * 1024 ** 2;
/** Of each side. */
const MOST_PIECES = 1_000;
/** A table that was counted whole and overran a step is of a slow server: the pieces are to be much smaller. */
const PIECES_AFTER_OVERRUN = 8;

/** A table's heap on one side. What cannot be read in parts has no extent. */
export interface CountedHeap {
  bytes: number;
  extent: PartExtent | null;
}

/** What is made of the rows besides their number. `alone` is the statement for a target that cannot read in parts. */
export interface SummedUp {
  alone: string;
}

export interface UnitToSplit {
  id: string;
  subject: string;
  cost: number;
}

/**
 * In the place of the comparison of a large table the counts of its pieces, on each side by that side's own pages or by
 * a key, and a comparison of their sums, which waits for them. Null where one statement for each side does it.
 */
export function splitComparison(
  unit: Pick<UnitToSplit, "id" | "subject">,
  table: TableRef,
  heaps: Record<CountedSide, CountedHeap>,
  hasOverrun: boolean,
  summedUp: SummedUp | null = null,
): UnitPiece[] | null {
  const isLarge = countedSides.some((side) => heaps[side].bytes >= inPiecesFrom(summedUp !== null));
  if (!isLarge && !hasOverrun) return null;
  const counts = countedSides.flatMap((side) => {
    const { bytes } = heaps[side];
    const ranges = pieceRanges(heaps[side], { mostPieces: MOST_PIECES, checksums: summedUp !== null, hasOverrun });
    return ranges.map((range, index): UnitPiece => {
      const part = range ? `, part ${index + 1}` : "";
      return {
        id: `${unit.id}/${side}:${index + 1}`,
        subject: `${unit.subject} on the ${side}${part}`,
        cost: (summedUp ? checksumCost : scanCost)(bytes / ranges.length),
        payload: {
          ...{ kind: "count", side, table, range },
          ...(summedUp && { checksums: true }),
          ...(summedUp && range === null && side === "target" && { statement: summedUp.alone }),
        },
      };
    });
  });
  const sum: UnitPiece = {
    id: `${unit.id}/sum`,
    subject: unit.subject,
    cost: statementsCost(1),
    after: counts.map(({ id }) => id),
    payload: { kind: "verify", tables: [table], ...(summedUp && { checksums: true }), counted: true },
  };
  return [...counts, sum];
}

export interface PieceWishes {
  mostPieces: number;
  checksums: boolean;
  hasOverrun: boolean;
}

/** The ranges in which one side of a table is read; null for the whole of it. */
export function pieceRanges(
  { bytes, extent }: CountedHeap,
  { mostPieces, checksums, hasOverrun }: PieceWishes,
): (CopyRange | null)[] {
  if (!extent) return [null];
  const fewest = hasOverrun ? PIECES_AFTER_OVERRUN : 1;
  const enough = Math.ceil(bytes / (checksums ? SUMMED_PIECE_BYTES : PIECE_BYTES));
  const count = Math.min(mostPieces, Math.max(fewest, enough));
  return "pages" in extent ? evenPageRanges(count, extent.pages) : keyRanges(extent.key, count);
}

/** Two comparisons of one that goes over several tables. */
export function splitTables(
  unit: UnitToSplit,
  payload: Extract<UnitPayload, { kind: "verify" }>,
  bytesOf: (oid: number) => number,
): UnitPiece[] | null {
  const { tables, checksums } = payload;
  const halves = halvesOf(tables, ({ oid }) => bytesOf(oid));
  return (
    halves?.map(({ items, share }, index) => ({
      id: `${unit.id}/${index + 1}`,
      subject: subjectOf(items),
      cost: unit.cost * share,
      payload: { kind: "verify", tables: items, ...(checksums && { checksums }) },
    })) ?? null
  );
}

export type CountPayload = Extract<UnitPayload, { kind: "count" }>;

/** Two counts of one, or null where there is nothing to cut: one page, one value, a table that cannot be read in parts. */
export function splitCount(unit: UnitToSplit, payload: CountPayload, extent: PartExtent | null): UnitPiece[] | null {
  const halves = extent && halfRanges(payload.range, extent);
  const name = payload.range ? `${unit.subject}.` : `${unit.subject}, part `;
  return (
    halves?.map((range, index) => ({
      id: `${unit.id}/${index + 1}`,
      subject: `${name}${index + 1}`,
      cost: unit.cost / 2,
      payload: { ...payload, range },
    })) ?? null
  );
}
