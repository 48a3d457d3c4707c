import type { Client } from "pg";
import type { TableName } from "@/lib/plan/table-name";
import { tablesSql, typesSql } from "./table-facts-sql";
import type { FunctionName, ValueType } from "./value-type";

/** A table on one side, as far as its rows are compared. Generated columns are left out: each side computes its own. */
export interface TableFacts {
  columns: { name: string; type: ValueType; notNull: boolean }[];
  /** The columns of a key that no two rows share and that is never null. */
  key: string[] | null;
}

interface TypeRow extends Omit<ValueType, "element" | "base" | "subtype" | "fields"> {
  oid: number;
  send: FunctionName | null;
  elementOid: number;
  baseOid: number;
  subtypeOid: number;
  fields: { name: string; typeOid: number }[];
}

interface TableRow {
  position: string;
  key: string[] | null;
  columns: { name: string; typeOid: number; notNull: boolean }[];
}

/** In the order of the names; null for a table that is not there. */
export async function readTableFacts(
  client: Client,
  tables: TableName[],
  major: number,
): Promise<(TableFacts | null)[]> {
  const names = [tables.map(({ schema }) => schema), tables.map(({ name }) => name)];
  const { rows } = await client.query<TableRow>(tablesSql(major), names);
  const oids = [...new Set(rows.flatMap(({ columns }) => columns.map(({ typeOid }) => typeOid)))];
  const types = await client.query<TypeRow>(typesSql(major), [oids]);
  const typeOf = typeReader(types.rows);
  const facts = new Map(
    rows.map(({ position, key, columns }) => [
      Number(position) - 1,
      { key, columns: columns.map(({ typeOid, ...column }) => ({ ...column, type: typeOf(typeOid) })) },
    ]),
  );
  return tables.map((_, index) => facts.get(index) ?? null);
}

function typeReader(rows: TypeRow[]): (oid: number) => ValueType {
  const byOid = new Map(rows.map((row) => [row.oid, row]));
  const made = new Map<number, ValueType>();
  const part = (oid: number) => (oid === 0 ? null : typeOf(oid));
  function typeOf(oid: number): ValueType {
    const before = made.get(oid);
    if (before) return before;
    const row = byOid.get(oid);
    if (!row) throw new Error(`The catalogue does not know the type ${oid}.`);
    const { elementOid, baseOid, subtypeOid, fields, oid: _, ...facts } = row;
    const type = {
      ...facts,
      element: part(elementOid),
      base: part(baseOid),
      subtype: part(subtypeOid),
      fields: fields.map(({ name, typeOid }) => ({ name, type: typeOf(typeOid) })),
    };
    made.set(oid, type);
    return type;
  }
  return typeOf;
}
