/** What the catalogue of one side says of what pg_dump does not tell. Plain values: it can be stored. */
export interface StructureFacts {
  /** Who read it; on the target that is who imports. */
  role: string;
  relations: RelationFact[];
  indexes: IndexFact[];
  constraints: ConstraintFact[];
  sequences: SequenceFact[];
}

interface Named {
  schema: string;
  name: string;
}

export interface RelationFact extends Named {
  /** As in `pg_class.relkind`: r, p, m, v, f or S. */
  kind: string;
  owner: string;
  /** False for a materialized view that was never refreshed. */
  populated: boolean;
  /** Whether ANALYZE has told the planner of its rows; null where this role may not see it or there is nothing to tell. */
  analysed: boolean | null;
}

export interface IndexFact extends Named {
  /** Queries may use it. */
  valid: boolean;
  /** New rows get into it. */
  ready: boolean;
}

export interface ConstraintFact extends Named {
  table: string;
  validated: boolean;
  /** False where a trigger that keeps a foreign key is disabled. */
  enabled: boolean;
}

export interface SequenceFact extends Named {
  /** As text, since a bigint does not fit a number; null where this role may not read it. */
  lastValue: string | null;
  /** Whether `lastValue` was given out already. */
  isCalled: boolean;
  increment: string;
  cycles: boolean;
  /** The column it belongs to, if that is a whole number. */
  column: { schema: string; table: string; name: string } | null;
}

/** The value that a sequence gives out next. */
export const nextValue = ({ lastValue, isCalled, increment }: SequenceFact): bigint | null =>
  lastValue === null ? null : BigInt(lastValue) + (isCalled ? BigInt(increment) : 0n);
