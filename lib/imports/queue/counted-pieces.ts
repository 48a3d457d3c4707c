import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { type CountedSide, countedSides } from "@/lib/plan/unit";
import type { Checksum } from "@/lib/verify/checksums";
import type { Looked } from "@/lib/verify/search-rounds";

type Row = Checksum & { side: CountedSide; complete: boolean } & Record<string, unknown>;

/**
 * What the counts that a unit waited for make together, on each side. Under a new epoch they are open again, without
 * results, before anything waits for them; the caller holds the epoch meanwhile.
 */
export async function sumsOfCounts(importId: string, unitId: string): Promise<Record<CountedSide, Checksum>> {
  const { rows } = await database().execute<Row>(sql`
    select c.payload->>'side' as side, sum((c.result->>'rows')::float8) as rows,
           coalesce(sum((c.result->>'sum')::numeric), 0)::text as sum,
           bool_and(c.state = 'done' and c.result->'rows' is not null
                    and (c.result->'sum' is not null or c.payload->'checksums' is null)) as complete
      from unit_edges e
      join units c on c.import_id = e.import_id and c.id = e.depends_on and c.kind = 'count'
     where e.import_id = ${importId} and e.unit_id = ${unitId}
     group by 1`);
  const [source, target] = countedSides.map((side) => {
    const found = rows.find((row) => row.side === side);
    if (!found?.complete) throw new Error(`The ${side} of ${unitId} has not been counted.`);
    return { rows: found.rows, sum: found.sum };
  });
  if (!source || !target) throw new Error("There are two sides.");
  return { source, target };
}

/** What the unit knows that adds up a table whose rows are looked for by others. */
export async function sumsKnownTo(importId: string, unitId: string): Promise<Record<CountedSide, Checksum>> {
  const { rows } = await database().execute<{ sums: Record<CountedSide, Checksum> | null }>(sql`
    select result->'sums' as sums from units where import_id = ${importId} and id = ${unitId} and state = 'done'`);
  const sums = rows[0]?.sums;
  if (!sums) throw new Error(`${unitId} has not been added up.`);
  return sums;
}

/** What the pieces have found that the unit waited for. */
export async function foundInPieces(importId: string, unitId: string): Promise<Record<CountedSide, Looked[]>> {
  const { rows } = await database().execute<{ side: CountedSide; looked: Looked | null }>(sql`
    select c.payload->>'side' as side, c.result->'looked' as looked
      from unit_edges e
      join units c on c.import_id = e.import_id and c.id = e.depends_on and c.kind = 'count'
     where e.import_id = ${importId} and e.unit_id = ${unitId}`);
  const of = (side: CountedSide) =>
    rows.flatMap((row) => {
      if (row.side !== side) return [];
      if (!row.looked) throw new Error(`Not all pieces of ${unitId} have been looked through.`);
      return [row.looked];
    });
  return { source: of("source"), target: of("target") };
}
