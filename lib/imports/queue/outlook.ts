import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { carryingKinds, type UnitKind } from "@/lib/plan/unit";
import type { ImportStatus } from "../status";
import { isClaimable } from "./claim";

/** Kinds that read the source. When the last of them is done, its snapshot has served. */
export const READING_KINDS: UnitKind[] = ["copy", "large-objects", "sequence", "count", "verify"];

const isDoneCopy = sql`u.kind in ${carryingKinds} and u.state = 'done'`;
/** Copies that did not come to an end within a step, or pieces of such: see `returnOverrun`. */
const hasOverrun = sql`u.kind in ${carryingKinds} and u.state <> 'done' and u.result is not null`;

/** What a lane without a unit needs to know: wait, or go home. */
export interface Outlook {
  status: ImportStatus;
  run: number;
  epoch: number;
  lostEpoch: number;
  maxMegabytesPerSecond: number | null;
  /** Not done and not failed. */
  open: number;
  running: number;
  /** Those of them in the hands of other lanes, which do not go before they have seen to them. */
  elsewhere: number;
  /** Ready now or later, with nothing to wait for but time. */
  claimable: number;
  /** To be claimed now, those of lanes that are not heard of any more included. */
  ready: number;
  /** The least that one of those costs which have not overrun a step; null without any. */
  leastCost: number | null;
  /** What the copies that are done took, and what they were expected to cost; of one that overran a step, its part. */
  copySeconds: number;
  copyCost: number;
  /** Not done, and in need of the source's snapshot. */
  reading: number;
  failed: number;
}

export async function outlookOf(importId: string, lane = 0): Promise<Outlook> {
  const { rows } = await database().execute<Outlook & Record<string, unknown>>(sql`
    select i.status, i.run, i.epoch, i.lost_epoch as "lostEpoch",
           (i.options->>'maxMegabytesPerSecond')::float8 as "maxMegabytesPerSecond",
           count(u.id) filter (where u.state in ('ready', 'running'))::int as open,
           count(u.id) filter (where u.state = 'running')::int as running,
           count(u.id) filter (where u.state = 'running' and u.lane <> ${lane}
                                 and u.lane <= (i.options->>'lanes')::int)::int as elsewhere,
           count(u.id) filter (where u.state = 'ready' and u.waiting_on = 0)::int as claimable,
           count(u.id) filter (where u.state <> 'done' and u.kind in ${READING_KINDS})::int as reading,
           count(u.id) filter (where ${isClaimable})::int as ready,
           min(u.cost) filter (where ${isClaimable} and overruns = 0) as "leastCost",
           coalesce(sum(extract(epoch from u.finished_at - u.started_at)) filter (where ${isDoneCopy}), 0)::float8
             + coalesce(sum((u.result->'overran'->>'seconds')::float8) filter (where ${hasOverrun}), 0) as "copySeconds",
           coalesce(sum(u.cost) filter (where ${isDoneCopy}), 0)
             + coalesce(sum((u.result->'overran'->>'cost')::float8) filter (where ${hasOverrun}), 0) as "copyCost",
           count(u.id) filter (where u.state = 'failed')::int as failed
      from imports i left join units u on u.import_id = i.id
     where i.id = ${importId}
     group by i.id`);
  const [row] = rows;
  if (!row) throw new Error(`Import ${importId} has gone.`);
  return row;
}
