import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { failpoint } from "@/lib/failpoints";
import { carryingKinds, type UnitPayload } from "@/lib/plan/unit";
import type { StatementProgress } from "@/lib/postgres/statement-progress";

export interface ClaimedUnit {
  id: string;
  subject: string;
  cost: number;
  attempt: number;
  failures: number;
  overruns: number;
  /** Whether its statement was begun on a session of its own. */
  detached: boolean;
  payload: UnitPayload;
}

/** What a lane is told each time it shows that it is alive. */
export interface Beat {
  /** The import's limit; null without one. */
  maxMegabytesPerSecond: number | null;
  /** Lanes that copy at this moment, among which it is divided. */
  copying: number;
}

/** A lane that is not heard of for this long has lost its unit to the others. */
const LEASE = sql`interval '20 seconds'`;

/** Ready, and its time has come; or held by a lane that has died. */
export const isClaimable = sql`waiting_on = 0 and (
  (state = 'ready' and (retry_at is null or retry_at <= now())) or (state = 'running' and lease_until < now()))`;

/** A lane, and the snapshot that it reads under. */
export interface LaneRequest {
  importId: string;
  /** Of the engine: lanes of an older one go home. */
  run: number;
  epoch: number;
  lane: number;
}

/**
 * Takes the unit with most behind it of those that are ready and cost no more than `mostCost`, in one statement, if the
 * import is still at work under the lane's snapshot. One that has overrun a step is for lanes without such a limit,
 * which have a step before them, and what was left at work comes first there: lanes do not begin more than they can
 * watch. Times are the database's, so that lanes on machines with other clocks agree.
 */
export async function claimUnit(
  { importId, run, epoch, lane }: LaneRequest,
  mostCost: number | null = null,
): Promise<ClaimedUnit | null> {
  const fits = mostCost === null ? sql`true` : sql`overruns = 0 and cost <= ${mostCost}`;
  const { rows } = await database().execute<ClaimedUnit & Record<string, unknown>>(sql`
    update units set state = 'running', lane = ${lane}, lease_until = now() + ${LEASE}, attempt = attempt + 1,
           started_at = now(), rows_done = 0, bytes_done = 0, error = null,
           statement_progress = case when detached_at is not null then statement_progress end
     where import_id = ${importId} and id = (
           select id from units
            where import_id = ${importId} and ${isClaimable} and ${fits}
              and exists (select 1 from imports i where i.id = ${importId} and i.epoch = ${epoch} and i.run = ${run}
                            and i.status = 'running')
            order by detached_at is null, rank desc, cost desc, id limit 1
              for update skip locked)
    returning id, subject, cost, attempt, failures, overruns, detached_at is not null as detached, payload`);
  const [unit] = rows;
  if (unit) await failpoint("unit.claimed", { of: unit.id });
  return unit ?? null;
}

/** Who holds a unit: another attempt of the same unit is somebody else, and under another epoch it is other work. */
export interface Claim {
  importId: string;
  run: number;
  epoch: number;
  unitId: string;
  attempt: number;
}

/** A condition on `units`: the claim still holds, and the import is under the same snapshot. */
export const isHeldUnder = ({ importId, epoch, unitId, attempt }: Claim) => sql`
  import_id = ${importId} and id = ${unitId} and attempt = ${attempt} and state = 'running'
  and exists (select 1 from imports where id = ${importId} and epoch = ${epoch})`;

export interface UnitProgress {
  rows: number;
  bytes: number;
  /** Null where the target has said nothing yet: then what it said before still stands. */
  statement: StatementProgress | null;
}

/** Renews the lease and shows progress. Null when the unit is somebody else's by now, or the import was stopped. */
export async function renewLease(claim: Claim, progress: UnitProgress): Promise<Beat | null> {
  const { rows } = await database().execute<Beat & Record<string, unknown>>(sql`
    update units set lease_until = now() + ${LEASE}, rows_done = ${progress.rows}, bytes_done = ${progress.bytes},
           statement_progress = coalesce(${progress.statement && JSON.stringify(progress.statement)}::jsonb, statement_progress)
     where ${isHeldUnder(claim)}
       and exists (select 1 from imports where id = ${claim.importId} and status = 'running' and run = ${claim.run})
    returning (select (options->>'maxMegabytesPerSecond')::float8 from imports where id = ${claim.importId})
                as "maxMegabytesPerSecond",
              (select count(*)::int from units
                where import_id = ${claim.importId} and kind in ${carryingKinds} and state = 'running') as copying`);
  return rows[0] ?? null;
}
