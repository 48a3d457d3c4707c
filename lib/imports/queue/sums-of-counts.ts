import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { type CountedSide, countedSides } from "@/lib/plan/unit";

/**
 * What the counts that a unit waited for make together, on each side. Under a new epoch they are open again, without
 * results, before anything waits for them; the caller holds the epoch meanwhile.
 */
export async function sumsOfCounts(importId: string, unitId: string): Promise<Record<CountedSide, number>> {
  const { rows } = await database().execute<{ side: CountedSide; rows: number; complete: boolean }>(sql`
    select c.payload->>'side' as side, sum((c.result->>'rows')::float8) as rows,
           bool_and(c.state = 'done' and c.result->'rows' is not null) as complete
      from unit_edges e
      join units c on c.import_id = e.import_id and c.id = e.depends_on and c.kind = 'count'
     where e.import_id = ${importId} and e.unit_id = ${unitId}
     group by 1`);
  const [source, target] = countedSides.map((side) => {
    const sum = rows.find((row) => row.side === side);
    if (!sum?.complete) throw new Error(`The ${side} of ${unitId} has not been counted.`);
    return sum.rows;
  });
  return { source: source ?? 0, target: target ?? 0 };
}
