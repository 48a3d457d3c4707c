import { checksumCost, statementsCost } from "./cost";
import { type CountedHeap, pieceRanges } from "./split-count";
import {
  type CountedSide,
  countedSides,
  type RowSearch,
  type SearchRound,
  type TableRef,
  type UnitPiece,
} from "./unit";

/** Of each side. What a piece finds is kept, so that they are fewer than of a checksum; one that overruns is cut. */
const MOST_PIECES = 250;

/** The pieces of a table that differs and is too large to be looked through at once. */
export interface SearchedTable {
  table: TableRef;
  heaps: Record<CountedSide, CountedHeap>;
}

/**
 * In the place of a sum that is not the same on both sides: the same sum, for when everything is read again, the looks
 * for it, and a comparison that goes by what they found. Null where a side cannot be read in parts.
 */
export function splitSum(
  unit: { id: string; subject: string },
  searched: SearchedTable,
  round: SearchRound,
): UnitPiece[] | null {
  const sums = `${unit.id}/sums`;
  const pieces = splitSearch(unit, searched, { ...round, sums });
  if (!pieces) return null;
  const sum: UnitPiece = {
    id: sums,
    subject: unit.subject,
    cost: statementsCost(1),
    payload: { kind: "verify", tables: [searched.table], checksums: true, counted: true, summed: true },
  };
  return [sum, ...pieces];
}

/** The next round of a search, in the place of the comparison that went by the last one. */
export function splitSearch(
  unit: { id: string; subject: string },
  { table, heaps }: SearchedTable,
  search: RowSearch,
): UnitPiece[] | null {
  if (countedSides.some((side) => heaps[side].extent === null)) return null;
  const looks = countedSides.flatMap((side) => {
    const ranges = pieceRanges(heaps[side], { mostPieces: MOST_PIECES, checksums: true, hasOverrun: true });
    return ranges.map(
      (range, index): UnitPiece => ({
        id: `${unit.id}/${side}:${index + 1}`,
        subject: `${unit.subject} on the ${side}, part ${index + 1}`,
        cost: checksumCost(heaps[side].bytes / ranges.length),
        only: [search.sums],
        payload: { kind: "count", side, table, range, checksums: true, search },
      }),
    );
  });
  const found: UnitPiece = {
    id: `${unit.id}/found`,
    subject: unit.subject,
    cost: statementsCost(1),
    only: [search.sums, ...looks.map(({ id }) => id)],
    payload: { kind: "verify", tables: [table], checksums: true, counted: true, search },
  };
  return [...looks, found];
}
