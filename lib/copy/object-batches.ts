import { type MeasuredObject, PIECE_BYTES } from "@/lib/plan/split-objects";
import type { ObjectsPart } from "@/lib/plan/unit";

/** A stretch of one large object, short enough to be held in memory. */
export interface ObjectPiece {
  oid: number;
  from: number;
  length: number;
  /** Nothing of the object comes after it in the same unit. */
  isLast: boolean;
}

/** As many as one statement takes. */
const MOST_PIECES = 500;

/** What a unit brings, in the order in which it does; small objects share a batch, large ones make several. Pure. */
export function* objectBatches(part: ObjectsPart, objects: MeasuredObject[]): Generator<ObjectPiece[]> {
  let batch: ObjectPiece[] = [];
  let bytes = 0;
  for (const piece of pieces(part, objects)) {
    if (batch.length === MOST_PIECES || (batch.length > 0 && bytes + piece.length > PIECE_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(piece);
    bytes += piece.length;
  }
  if (batch.length > 0) yield batch;
}

function* pieces({ bytes }: ObjectsPart, objects: MeasuredObject[]): Generator<ObjectPiece> {
  for (const { oid, bytes: size } of objects) {
    const end = Math.min(bytes?.to ?? size, size);
    for (let from = bytes?.from ?? 0; from < end; from += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, end - from);
      yield { oid, from, length, isLast: from + length === end };
    }
  }
}
