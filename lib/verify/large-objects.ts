import type { Client } from "pg";
import type { OidRange } from "@/lib/plan/unit";
import { type BothSides, hashingOn } from "./checksums";
import type { HashMethod } from "./row-hash";

export interface ObjectTotals {
  count: number;
  bytes: number;
  /** Of all bytes of all objects; null where only their number and length were read. */
  sum: string | null;
}

/** `contents`: every byte too, which takes as long as reading them does. */
export interface ObjectsToCompare {
  range: OidRange;
  contents: boolean;
}

const READ_ONLY = 0x40000;
/** Read at a time. */
const PIECE_BYTES = 1024 * 1024;
/** More than pieces that an object can have: each piece of each object has a seed of its own. */
const MOST_PIECES = 2 ** 23;

const totalsSql = (sum: string): string => `
  select count(*)::float8 as count, coalesce(sum(e.bytes), 0)::float8 as bytes, sum(e.closed) as closed,
         ${sum} as sum
    from pg_catalog.pg_largeobject_metadata m,
         lateral (select lo_lseek64(fd, 0, 2) as bytes, lo_close(fd) as closed from lo_open(m.oid, ${READ_ONLY}) as fd) e
   where m.oid >= $1::oid and ($2::oid is null or m.oid < $2::oid)`;

/** With a seed for where a piece belongs, so that two which have changed places are found. */
function pieceHash(method: HashMethod): string {
  const piece = `lo_get(m.oid, n * ${PIECE_BYTES}, ${PIECE_BYTES})`;
  const seed = `(m.oid::int8 * ${MOST_PIECES} + n)`;
  return method === "extended"
    ? `hash_array_extended(array[${piece}], ${seed})`
    : `('x' || substr(md5(${piece} || int8send(${seed})), 1, 16))::bit(64)::int8`;
}

const sumSql = (method: HashMethod): string => `
  coalesce(sum((select sum(${pieceHash(method)}) from generate_series(0, (e.bytes - 1) / ${PIECE_BYTES}) n)), 0)::text`;

/** On both sides at once. Where bytes are compared, an object that changed says so by the sum alone. */
export async function totalsOnBothSides(
  sides: BothSides,
  { range: { from, to }, contents }: ObjectsToCompare,
): Promise<Record<"source" | "target", ObjectTotals>> {
  const sql = totalsSql(contents ? sumSql((await hashingOn(sides)).method) : "null");
  const read = async (client: Client): Promise<ObjectTotals> => {
    const { rows } = await client.query<ObjectTotals>(sql, [from, to]);
    const { count = 0, bytes = 0, sum = null } = rows[0] ?? {};
    return { count, bytes, sum };
  };
  const [source, target] = await Promise.all([read(sides.source), read(sides.target)]);
  return { source, target };
}

/** Pure: both sides as a report tells them. */
export function objectTotalsInWords({ source, target }: Record<"source" | "target", ObjectTotals>) {
  const words = ({ count, bytes, sum }: ObjectTotals) =>
    `${count} with ${bytes} bytes${sum === null ? "" : `, checksum ${sum}`}`;
  const sides = { source: words(source), target: words(target) };
  return { kind: "large objects", equal: sides.source === sides.target, ...sides };
}
