import { copyCost } from "./cost";
import type { ObjectsPart, OidRange, UnitPiece } from "./unit";

export interface MeasuredObject {
  oid: number;
  bytes: number;
}

/** Large objects of a unit, by oid, as its snapshot shows them. */
export interface MeasuredObjects {
  objects: MeasuredObject[];
  /** The first that was not looked at any more, since there are so many. */
  restFrom: number | null;
}

export interface ObjectsToSplit {
  id: string;
  subject: string;
  part: ObjectsPart;
}

/** Objects are read and cut at multiples of this, so that no page of one is ever written by two units. */
export const PIECE_BYTES = 1024 * 1024;

const MAX_OID = 2 ** 32 - 1;
/** What even an empty object costs beside its bytes. */
const OBJECT_WEIGHT = 8_192;

/** What a unit has to bring, with something for each object that has no bytes. */
export function weightOf({ bytes }: ObjectsPart, objects: MeasuredObject[]): number {
  if (!bytes) return objects.reduce((sum, object) => sum + object.bytes + OBJECT_WEIGHT, 0);
  const size = objects[0]?.bytes ?? 0;
  return Math.max(0, Math.min(bytes.to ?? size, size) - bytes.from);
}

/**
 * Units of at most `mostBytes` each in the place of one, or null where it cannot be cut. Every oid and every byte stays
 * in exactly one of them, those included that no object has now.
 */
export function splitObjects(unit: ObjectsToSplit, measured: MeasuredObjects, mostBytes: number): UnitPiece[] | null {
  const { range, bytes } = unit.part;
  const [first] = measured.objects;
  const found = bytes ? cutBytes(range, bytes, first?.bytes ?? 0, mostBytes) : cutOids(range, measured, mostBytes);
  if (found.length < 2) return null;
  return found.map(({ part, weight }, index) => ({
    id: `${unit.id}/${index + 1}`,
    subject: unit.subject === "large objects" ? `large objects, part ${index + 1}` : `${unit.subject}.${index + 1}`,
    cost: copyCost(weight, 1),
    payload: { kind: "large-objects", part },
  }));
}

interface Piece {
  part: ObjectsPart;
  weight: number;
}

function cutOids(range: OidRange, { objects, restFrom }: MeasuredObjects, mostBytes: number): Piece[] {
  const pieces: Piece[] = [];
  let from: number | null = range.from;
  let weight = 0;
  /** Ends the piece that is open before `oid`; the next begins with it. */
  const closeBefore = (oid: number) => {
    if (from !== null && oid > from) pieces.push({ part: { range: { from, to: oid }, bytes: null }, weight });
    from = oid;
    weight = 0;
  };
  for (const { oid, bytes } of objects) {
    const own = bytes + OBJECT_WEIGHT;
    if (weight > 0 && weight + own > mostBytes) closeBefore(oid);
    if (bytes <= wholePieces(mostBytes)) {
      weight += own;
      continue;
    }
    closeBefore(oid);
    const after = oid === MAX_OID ? null : oid + 1;
    pieces.push(...cutBytes({ from: oid, to: after }, { from: 0, to: null }, bytes, mostBytes));
    from = after === range.to ? null : after;
  }
  if (restFrom !== null) closeBefore(restFrom);
  if (from !== null) pieces.push({ part: { range: { from, to: range.to }, bytes: null }, weight });
  return pieces;
}

/** The last of an open end stays open: under a later snapshot the object may be longer. */
function cutBytes(
  range: OidRange,
  bytes: { from: number; to: number | null },
  size: number,
  mostBytes: number,
): Piece[] {
  const most = wholePieces(mostBytes);
  const end = Math.min(bytes.to ?? size, size);
  const pieces: Piece[] = [];
  for (let from = bytes.from; ; from += most) {
    const isLast = from + most >= end;
    const to = isLast ? bytes.to : from + most;
    pieces.push({ part: { range, bytes: { from, to } }, weight: Math.max(0, (isLast ? end : from + most) - from) });
    if (isLast) return pieces;
  }
}

const wholePieces = (bytes: number) => Math.max(1, Math.floor(bytes / PIECE_BYTES)) * PIECE_BYTES;
