import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { failpoint } from "@/lib/failpoints";
import type { UnitPiece } from "@/lib/plan/unit";
import { type LogLine, writeLine } from "../log";
import { type Claim, isHeldUnder } from "./claim";
import { recountWaiting, storeUnits } from "./store-plan";

/**
 * Puts pieces in the place of a claimed unit, in one transaction: each waits for what it waited for, or for what it
 * names, some also for other pieces, and what waited for it waits for all of them. False when the unit is somebody
 * else's by now, who will find in the ledger that it is split, as this claim did.
 */
export async function splitUnit(claim: Claim, pieces: UnitPiece[], line?: LogLine): Promise<boolean> {
  const { importId, epoch, unitId } = claim;
  return database().transaction(async (tx) => {
    // First, since whoever finishes a unit and whoever opens an epoch lock in this order; as the line needs it, since two
    // that share the row would wait for each other.
    await tx.execute(sql`select 1 from imports where id = ${importId} and epoch = ${epoch} for no key update`);
    const taken = await tx.execute<{ behind: number; overran: unknown }>(sql`
      delete from units where ${isHeldUnder(claim)} returning greatest(rank - cost, 0) as behind, result->'overran' as overran`);
    const [whole] = taken.rows;
    if (!whole) return false;
    const before = await tx.execute<{ id: string }>(sql`
      delete from unit_edges where import_id = ${importId} and unit_id = ${unitId} returning depends_on as id`);
    const dependsOn = before.rows.map(({ id }) => id);
    await storeUnits(
      tx,
      importId,
      pieces.map(({ after = [], only, ...piece }) => ({ ...piece, dependsOn: only ?? [...dependsOn, ...after] })),
      whole.behind,
    );
    // What the whole had waited for is done.
    await recountWaiting(
      tx,
      importId,
      pieces.map(({ id }) => id),
    );
    // What an overrun told of the pace is not lost with its unit: it is told until a piece knows better.
    if (whole.overran) {
      await tx.execute(sql`
        update units set result = ${JSON.stringify({ overran: whole.overran })}::jsonb
         where import_id = ${importId} and id = ${pieces[0]?.id}`);
    }
    await failpoint("split.half");
    // In one order, so that two units split at once do not wait for each other.
    await tx.execute(sql`
      select 1 from units u join unit_edges e on e.import_id = u.import_id and e.unit_id = u.id
       where e.import_id = ${importId} and e.depends_on = ${unitId} order by u.id for update of u`);
    await tx.execute(sql`
      with after as (
        delete from unit_edges where import_id = ${importId} and depends_on = ${unitId} returning unit_id),
      waiting as (
        update units set waiting_on = waiting_on + ${pieces.length - 1}
         where import_id = ${importId} and id in (select unit_id from after))
      insert into unit_edges (import_id, unit_id, depends_on)
      select ${importId}, after.unit_id, piece.id
        from after cross join unnest(${sql.param(pieces.map(({ id }) => id))}::text[]) as piece (id)`);
    if (line) await writeLine(tx, importId, line);
    return true;
  });
}
