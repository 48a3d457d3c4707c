import type { Client } from "pg";
import { quoteQualified } from "@/lib/postgres/quote";
import type { ConstraintFact, IndexFact, RelationFact, SequenceFact, StructureFacts } from "./facts";
import { CONSTRAINTS_SQL, INDEXES_SQL, relationsSql, SEQUENCES_SQL } from "./facts-sql";

const SEQUENCES_PER_QUERY = 500;

/** Reads one side's facts in the transaction the session is in: a handful of queries, whatever the number of objects. */
export async function readStructure(client: Client): Promise<StructureFacts> {
  const list = async <T>(sql: string): Promise<T[]> => (await client.query(sql)).rows as T[];
  const [server] = await list<{ role: string; versionNumber: number }>(
    `select current_user as role, current_setting('server_version_num')::int as "versionNumber"`,
  );
  if (!server) throw new Error("The server does not know its own role.");
  return {
    role: server.role,
    relations: await list<RelationFact>(relationsSql(Math.floor(server.versionNumber / 10_000))),
    indexes: await list<IndexFact>(INDEXES_SQL),
    constraints: await list<ConstraintFact>(CONSTRAINTS_SQL),
    sequences: await readSequences(client),
  };
}

type Listed = Omit<SequenceFact, "lastValue" | "isCalled"> & { readable: boolean };

export async function readSequences(client: Client): Promise<SequenceFact[]> {
  const listed = (await client.query<Listed>(SEQUENCES_SQL)).rows;
  const values = await readValues(
    client,
    listed.filter(({ readable }) => readable),
  );
  return listed.map(({ readable: _, ...sequence }) => ({
    ...sequence,
    ...(values.get(keyOf(sequence)) ?? { lastValue: null, isCalled: false }),
  }));
}

const keyOf = ({ schema, name }: { schema: string; name: string }): string => quoteQualified(schema, name);

type SequenceValue = Pick<SequenceFact, "lastValue" | "isCalled">;

async function readValues(client: Client, sequences: Listed[]): Promise<Map<string, SequenceValue>> {
  const values = new Map<string, SequenceValue>();
  for (let at = 0; at < sequences.length; at += SEQUENCES_PER_QUERY) {
    const chunk = sequences.slice(at, at + SEQUENCES_PER_QUERY).map(keyOf);
    const selects = chunk.map(
      (name, position) =>
        `select ${position} as position, last_value::text as "lastValue", is_called as "isCalled" from ${name}`,
    );
    const { rows } = await client.query<SequenceValue & { position: number }>(selects.join("\nunion all\n"));
    for (const { position, lastValue, isCalled } of rows) values.set(chunk[position] ?? "", { lastValue, isCalled });
  }
  return values;
}
