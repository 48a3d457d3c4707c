import type { Client } from "pg";
import type { OidRange } from "@/lib/plan/unit";

export interface ObjectTotals {
  count: number;
  bytes: number;
}

const TOTALS = `
  select count(*)::float8 as count, coalesce(sum(e.bytes), 0)::float8 as bytes, sum(e.closed) as closed
    from pg_catalog.pg_largeobject_metadata m,
         lateral (select lo_lseek64(fd, 0, 2) as bytes, lo_close(fd) as closed from lo_open(m.oid, 262144) as fd) e
   where m.oid >= $1::oid and ($2::oid is null or m.oid < $2::oid)`;

async function totals(client: Client, { from, to }: OidRange): Promise<ObjectTotals> {
  const { rows } = await client.query<ObjectTotals>(TOTALS, [from, to]);
  return { count: rows[0]?.count ?? 0, bytes: rows[0]?.bytes ?? 0 };
}

/** Number and length on both sides at once; the bytes themselves were compared when they were carried. */
export async function totalsOnBothSides(
  source: Client,
  target: Client,
  range: OidRange,
): Promise<{ source: ObjectTotals; target: ObjectTotals }> {
  const [onSource, onTarget] = await Promise.all([totals(source, range), totals(target, range)]);
  return { source: onSource, target: onTarget };
}
