import type { Client } from "pg";
import type { SequenceRef } from "@/lib/plan/unit";
import { quoteQualified } from "@/lib/postgres/quote";

interface SequenceValue {
  position: number;
  lastValue: string;
  isCalled: boolean;
}

/** Values as the source's session sees them; a sequence only moves on, so it is never behind the snapshot's rows. */
async function readValues(source: Client, sequences: SequenceRef[]): Promise<SequenceValue[]> {
  const selects = sequences.map(
    ({ schema, name }, position) =>
      `select ${position} as position, last_value::text as "lastValue", is_called as "isCalled" from ${quoteQualified(schema, name)}`,
  );
  return (await source.query<SequenceValue>(selects.join("\nunion all\n"))).rows;
}

/** Sets each sequence on the target to where the source's stands. */
export async function setSequences(source: Client, target: Client, sequences: SequenceRef[]): Promise<void> {
  if (sequences.length === 0) return;
  const values = await readValues(source, sequences);
  const names = values.map(({ position }) => {
    const sequence = sequences[position]?.to ?? sequences[position];
    return sequence ? quoteQualified(sequence.schema, sequence.name) : "";
  });
  await target.query(
    "select setval(name::regclass, value, called) from unnest($1::text[], $2::bigint[], $3::bool[]) as s (name, value, called)",
    [names, values.map((value) => value.lastValue), values.map((value) => value.isCalled)],
  );
}
