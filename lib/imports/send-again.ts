import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { sendCancelled } from "./cancel-import";
import { sendStart } from "./start-import";
import type { ImportStatus } from "./status";

/** So long after the last line of its log nobody is about to send it any more. */
const QUIET_SECONDS = 10;
/** One event sent twice is one event, but each time somebody has to find that out. */
const AGAIN_MS = 30_000;
const SWEEP_MS = 15_000;

interface Unheard {
  id: string;
  status: "queued" | "cancelled";
  run: number;
  discard: boolean;
}

/** What the engine has yet to begin with, or to clean up. */
export const mayBeUnheard = (status: ImportStatus): boolean => status === "queued" || status === "cancelled";

const sentAt = new Map<string, number>();

/**
 * Whoever started, resumed, retried or cancelled an import may have died before the engine was told. So whoever looks
 * at one that is still waiting to begin, or to be cleaned up, tells the engine again; `only` is for one import.
 */
export async function sendAgain(only?: string): Promise<void> {
  const now = Date.now();
  for (const [key, at] of sentAt) if (now - at > AGAIN_MS) sentAt.delete(key);
  for (const { id, status, run, discard } of await findUnheard(only)) {
    const key = `${id}:${status}:${run}`;
    if (sentAt.has(key)) continue;
    sentAt.set(key, now);
    if (status === "queued") await sendStart(id, run);
    else await sendCancelled(id, run, discard);
  }
}

/** Cancelled ones until their clean-up has done its last step. Times are the database's. */
async function findUnheard(only?: string): Promise<Unheard[]> {
  const { rows } = await database().execute<Unheard & Record<string, unknown>>(sql`
    select i.id, i.status, i.run,
           exists (select 1 from import_events where import_id = i.id and kind = 'import.cancelled'
                      and context @> '{"discard": true}') as discard
      from imports i
     where ${only === undefined ? sql`true` : sql`i.id = ${only}`}
       and (i.status = 'queued'
            or i.status = 'cancelled'
               and exists (select 1 from credentials where import_id = i.id and sealed is not null))
       and i.created_at < now() - ${QUIET_SECONDS} * interval '1 second'
       and not exists (select 1 from import_events
                        where import_id = i.id and at > now() - ${QUIET_SECONDS} * interval '1 second')
     order by i.created_at`);
  return rows;
}

/** For a process that lives on: nobody has to look. */
export function keepSendingAgain(): void {
  // What fails is tried again by the next sweep.
  setInterval(() => void sendAgain().catch(() => {}), SWEEP_MS).unref();
}
