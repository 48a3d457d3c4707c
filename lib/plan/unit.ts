import type { KeyType } from "@/lib/source/table-keys";
import type { Aside } from "./data-only/aside";
import type { TableName } from "./table-name";

/** Kinds of work, in the order in which an import comes to them. */
export const unitKinds = [
  "schema",
  "copy",
  "large-objects",
  "sequence",
  "index",
  "constraint",
  "validate",
  "refresh",
  "analyze",
  "count",
  "verify",
  "post",
] as const;

export type UnitKind = (typeof unitKinds)[number];

/** Kinds that bring data: the speed limit is for them, and what they have brought is shown while they are at work. */
export const carryingKinds: readonly UnitKind[] = ["copy", "large-objects"];

/** A table, or a range of it, to be copied. `range` null means the whole table in one piece. */
export interface CopyPart {
  table: TableRef;
  range: CopyRange | null;
}

export interface TableRef {
  oid: number;
  schema: string;
  name: string;
  /** The target's has columns that the source's has not: these are left alone. */
  mayHaveMore?: true;
}

/** `to` is the target's, where it is not named like the source's. */
export interface SequenceRef extends TableRef {
  to?: TableName;
}

/** Heap pages `from` up to but not including `to`; null is open-ended. */
export interface PageRange {
  from: number;
  to: number | null;
}

/** Rows whose column, which is never null, is at least `from` and less than `to`; null is open-ended. */
export interface KeyRange {
  column: string;
  type: KeyType;
  from: string | null;
  to: string | null;
}

export type CopyRange = PageRange | KeyRange;

export const isKeyRange = (range: CopyRange): range is KeyRange => "column" in range;

/** Large objects whose oid is at least `from` and less than `to`; null is open-ended. */
export interface OidRange {
  from: number;
  to: number | null;
}

/** All of the objects of a range, or of a single one the bytes from `from` up to but not including `to`. */
export interface ObjectsPart {
  range: OidRange;
  bytes: { from: number; to: number | null } | null;
}

/** Rows whose place, a hash, has one of these values in its lowest bits. */
export interface RowBuckets {
  bits: number;
  buckets: string[];
}

/** A look through all pieces of a large table for rows that differ: into buckets of this many bits, or row by row. */
export interface SearchRound {
  round: number;
  look: { as: "buckets"; bits: number } | { as: "rows" };
  within: RowBuckets;
  /** Whether all that differs is in there. */
  complete: boolean;
}

export interface RowSearch extends SearchRound {
  /** The unit that knows what the whole table adds up to. */
  sums: string;
}

export const countedSides = ["source", "target"] as const;

export type CountedSide = (typeof countedSides)[number];

/** One statement from the archive. */
export interface PlannedStatement {
  id: number;
  kind: string;
  subject: string;
  statement: string;
  bestEffort: boolean;
}

export type UnitPayload =
  /** `aside`: what is taken out of the way first, where the tables are there already. */
  | { kind: "schema" | "post" | "constraint"; statements: PlannedStatement[]; aside?: Aside }
  /** `tables` are the oids of those that are indexed. */
  | { kind: "index"; statements: PlannedStatement[]; tables: number[] }
  | { kind: "validate"; table: TableRef; constraint: string }
  | { kind: "copy"; parts: CopyPart[] }
  | { kind: "large-objects"; part: ObjectsPart }
  | { kind: "sequence"; sequences: SequenceRef[] }
  | { kind: "refresh"; view: TableRef }
  | { kind: "analyze"; tables: TableRef[] }
  /** `range` null is the whole table, where its server cannot read a part: `statement` says how it is summed up alone. */
  | {
      kind: "count";
      side: CountedSide;
      table: TableRef;
      range: CopyRange | null;
      checksums?: true;
      statement?: string;
      search?: RowSearch;
    }
  /**
   * `checksums`: contents too. `counted`: by the `count` units that it waits for, `summed` if it only adds them up.
   * `search`: they have looked for the rows that differ.
   */
  | {
      kind: "verify";
      tables: TableRef[];
      largeObjects?: OidRange;
      checksums?: true;
      counted?: true;
      summed?: true;
      search?: RowSearch;
    };

/** The smallest thing that is retried. */
export interface Unit {
  id: string;
  subject: string;
  /** Expected seconds-like weight: what is largest is claimed first. */
  cost: number;
  dependsOn: string[];
  payload: UnitPayload;
}

/** A unit that takes the place of a larger one, and with it what that one waited for and was waited for by. */
export interface UnitPiece extends Omit<Unit, "dependsOn"> {
  /** Other pieces of the same unit, by id, that it waits for too. */
  after?: string[];
  /** It waits for these units alone, pieces or not, and so not for what the whole had waited for. */
  only?: string[];
}
