import type { Client } from "pg";
import type { CountedSide } from "@/lib/plan/unit";
import { quoteLiteral, quoteQualified } from "@/lib/postgres/quote";
import type { BothSides } from "./checksums";
import {
  type DataDifference,
  MOST_NAMED_ROWS,
  MOST_SHOWN_CHARACTERS,
  type RowDifference,
  type ShownValue,
} from "./data-difference";
import type { ComparableTable, FoundRows } from "./find-rows";
import { outputOf } from "./form-sql";
import type { Mismatch } from "./match-rows";
import { columnHashes, type HashedColumn } from "./row-hash";

/** A row as it is told: its key, and of each column a hash, a length and, if that is wanted, the value. */
interface SeenRow {
  ctid: string;
  key: string[];
  hashes: string[];
  bytes: (number | null)[];
  texts: (string | null)[] | null;
}

/** Names the rows that differ, up to a number of them. Values stay on their servers unless they are to be shown. */
export async function nameRows(
  sides: BothSides,
  table: ComparableTable,
  { mismatches, complete }: FoundRows,
  showValues: boolean,
): Promise<DataDifference> {
  const chosen = mismatches.slice(0, MOST_NAMED_ROWS);
  const read = (side: CountedSide) => {
    const ctids = chosen.flatMap((mismatch) => mismatch[side]?.ctid ?? []);
    return readRows(sides[side], side, table, ctids, showValues);
  };
  const [source, target] = await Promise.all([read("source"), read("target")]);
  const sorts = mismatches.map(sortOf);
  const count = (sort: RowDifference["difference"]) => sorts.filter((one) => one === sort).length;
  return {
    key: table.columns.key,
    missing: count("missing"),
    extra: count("extra"),
    different: count("different"),
    complete,
    named: chosen.map((mismatch) => nameRow(table, mismatch, source, target)),
    reason: mismatches.length === 0 ? "no row was found to differ when they were looked through" : null,
  };
}

const sortOf = ({ source, target }: Mismatch): RowDifference["difference"] =>
  source && target ? "different" : source ? "missing" : "extra";

function nameRow(
  { columns }: ComparableTable,
  mismatch: Mismatch,
  sources: Map<string, SeenRow>,
  targets: Map<string, SeenRow>,
): RowDifference {
  const place = { source: mismatch.source?.ctid ?? null, target: mismatch.target?.ctid ?? null };
  const [source, target] = [sources.get(place.source ?? ""), targets.get(place.target ?? "")];
  const key = (source ?? target)?.key ?? [];
  const differs = (_: string, index: number) => source && target && source.hashes[index] !== target.hashes[index];
  return {
    difference: sortOf(mismatch),
    row: columns.key ? { by: "key", values: key } : { by: "digest", digest: asDigest(mismatch.place) },
    copies: mismatch.copies,
    place,
    columns: columns.columns.flatMap((name, index) =>
      differs(name, index) ? [{ name, source: shownOf(source, index), target: shownOf(target, index) }] : [],
    ),
  };
}

const asDigest = (hash: string) => BigInt.asUintN(64, BigInt(hash)).toString(16).padStart(16, "0");

function shownOf(row: SeenRow | undefined, index: number): ShownValue {
  const bytes = row?.bytes[index] ?? null;
  if (bytes === null) return null;
  const text = row?.texts?.[index];
  return typeof text === "string" ? { bytes, text } : { bytes };
}

async function readRows(
  client: Client,
  side: CountedSide,
  { table, columns, hashing }: ComparableTable,
  ctids: string[],
  showValues: boolean,
): Promise<Map<string, SeenRow>> {
  if (ctids.length === 0) return new Map();
  const { key, columns: all } = columns[side];
  const list = (values: HashedColumn[], make: (text: string) => string, type: string) =>
    `array[${values.map(({ value }) => make(outputOf(value))).join(", ")}]::${type}[]`;
  const cut = (text: string) => `left(${text}, ${MOST_SHOWN_CHARACTERS})`;
  const { rows } = await client.query<SeenRow>(`
    select t.ctid::text as ctid,
           ${list(key ?? [], cut, "text")} as key,
           ${columnHashes(all, hashing)} as hashes,
           ${list(all, (text) => `octet_length(${text})`, "float8")} as bytes,
           ${showValues ? list(all, cut, "text") : "null"} as texts
      from only ${quoteQualified(table.schema, table.name)} t
     where t.ctid = any (${quoteLiteral(`{${ctids.map((ctid) => `"${ctid}"`).join(",")}}`)}::tid[])`);
  return new Map(rows.map((row) => [row.ctid, row]));
}
