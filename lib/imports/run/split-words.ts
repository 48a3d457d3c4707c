import type { UnitPiece } from "@/lib/plan/unit";

/** Pieces that are named. */
const MOST_NAMED = 10;

/** Pure: what the log says of a unit that others have taken the place of. */
export function splitInWords(subject: string, pieces: UnitPiece[]): string {
  const counts = pieces.filter(({ payload }) => payload.kind === "count").length;
  if (pieces.some(({ payload }) => payload.kind === "count" && payload.search)) {
    return `The rows of ${subject} differ: ${counts} parts are looked through for those that do.`;
  }
  if (counts > 0) return `The rows of ${subject} are counted in ${counts} parts.`;
  const names = pieces.slice(0, MOST_NAMED).map((piece) => piece.subject);
  const more = pieces.length - names.length;
  const parts = [...names, ...(more > 0 ? [`${more} more`] : [])].join(" | ");
  return `${subject} does not fit into a step: cut into ${parts}.`;
}
