import type { Client } from "pg";
import type { TableName } from "@/lib/plan/table-name";
import { type CountedSide, countedSides } from "@/lib/plan/unit";
import { quoteQualified } from "@/lib/postgres/quote";
import { type Hashing, rowHash } from "./row-hash";
import { hashMethod, type ServerTraits, serverTraits } from "./server-traits";
import { readTableFacts, type TableFacts } from "./table-facts";
import { type TableHashing, tableHashing } from "./table-hashing";

export type BothSides = Record<CountedSide, Client>;

/** How many rows there are, and the sum of their hashes, which needs more than 64 bits. */
export interface Checksum {
  rows: number;
  sum: string;
}

/** How a table's rows are summed up on both sides, or which columns only one side has. */
export interface HashedTable {
  table: TableName;
  hashing: Hashing;
  columns: TableHashing | { lacking: string[] };
}

/** A table of both sides. `mayHaveMore`: columns that only the target has are not compared. */
export type TwoSided = TableName & { mayHaveMore?: true };

/** Looks at the tables on both sides. What is not on the target is as if it had no columns there. */
export async function hashTables(sides: BothSides, tables: TwoSided[]): Promise<HashedTable[]> {
  const [source, target] = await Promise.all(countedSides.map((side) => factsOf(sides[side], tables)));
  if (!source || !target) throw new Error("There are two sides.");
  const hashing = hashingOf(source.traits, target.traits);
  const majors = [source.traits.major, target.traits.major] as const;
  const nothing: TableFacts = { columns: [], key: null };
  return tables.map((table, index) => ({
    table,
    hashing,
    columns: tableHashing(source.facts[index] ?? nothing, target.facts[index] ?? nothing, majors, table.mayHaveMore),
  }));
}

async function factsOf(client: Client, tables: TableName[]) {
  const traits = await serverTraits(client);
  return { traits, facts: await readTableFacts(client, tables, traits.major) };
}

/** How values are hashed so that it is the same on both. */
export async function hashingOn({ source, target }: BothSides): Promise<Hashing> {
  const [onSource, onTarget] = await Promise.all([serverTraits(source), serverTraits(target)]);
  return hashingOf(onSource, onTarget);
}

const hashingOf = (source: ServerTraits, target: ServerTraits): Hashing => ({
  method: hashMethod(source, target),
  sameEncoding: source.encoding === target.encoding,
});

/** Pure: one row with the checksum of the rows that meet the condition. Without columns only their number is told. */
export function checksumStatement(
  { table, columns, hashing }: HashedTable,
  side: CountedSide,
  condition = "true",
): string {
  const sum = "lacking" in columns ? "0" : `coalesce(sum(${rowHash(columns[side].columns, hashing)}), 0)`;
  return `select count(*)::float8 as rows, ${sum}::text as sum
            from only ${quoteQualified(table.schema, table.name)} t where ${condition}`;
}

/** Of several tables, in their order, in one statement. */
export async function checksumsOf(client: Client, side: CountedSide, tables: HashedTable[]): Promise<Checksum[]> {
  const selects = tables.map(
    (table, position) => `select ${position} as position, c.* from (${checksumStatement(table, side)}) c`,
  );
  const { rows } = await client.query<Checksum & { position: number }>(selects.join("\nunion all\n"));
  const sums = new Map(rows.map(({ position, ...sum }) => [position, sum]));
  return tables.map((_, position) => sums.get(position) ?? { rows: 0, sum: "0" });
}

export const isSame = (one: Checksum, other: Checksum) => one.rows === other.rows && one.sum === other.sum;
