import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Client } from "pg";
import { database } from "@/lib/db/client";
import { explain, toStored } from "@/lib/errors/describe";
import { carryingKinds } from "@/lib/plan/unit";
import { closeSession, openSession } from "@/lib/postgres/session";
import { openCredential } from "../credentials";
import { logEvent } from "../log";
import type { ClaimedUnit } from "../queue/claim";
import { READING_KINDS } from "../queue/outlook";
import { laneName } from "./lane-sessions";
import { type SessionSeen, type SideSeen, stallInWords } from "./stall-words";

/**
 * The lane's session and who stands in its way. Of others only what they call themselves is told, never what they
 * run. Where several have the name, the one that is held up is meant.
 */
const LANE_SESSION = `
  select a.state, a.wait_event_type as "waitType", a.wait_event as "waitEvent",
         coalesce((select json_agg(json_build_object('pid', p.pid, 'name', b.application_name, 'state', b.state,
                                   'seconds', round(extract(epoch from now() - b.state_change))) order by p.pid)
                     from (select distinct unnest(pg_catalog.pg_blocking_pids(a.pid)) as pid) p
                     left join pg_catalog.pg_stat_activity b on b.pid = p.pid), '[]') as blockers
    from pg_catalog.pg_stat_activity a
   where a.datname = current_database() and a.application_name = $1
   order by cardinality(pg_catalog.pg_blocking_pids(a.pid)) desc, a.pid
   limit 1`;

const CONNECT_TIMEOUT_MS = 3_000;
const LONGEST_STOP_MS = 300;

export interface Watched {
  importId: string;
  lane: number;
  unit: Pick<ClaimedUnit, "subject" | "payload">;
  /** Where the work is on the target; the lane's own session unless it is said. */
  targetSession?: string;
  /** After how long without a sign it looks, and how long it then looks away. */
  quietMs?: number;
  pauseMs?: number;
}

/** Looks what a unit without progress waits for, from sessions of its own, and says so in the log. */
export class Watchdog {
  /** What was in the way at the last look, if the unit has not moved since. */
  words: string | null = null;
  #moves = 0;
  #movedAt = Date.now();
  #lookAgainAt = 0;
  #looking: Promise<void> | null = null;
  #stopped = false;
  readonly #open = new Set<Client>();

  constructor(private readonly watched: Watched) {}

  /** To be called about once a second with how often the unit has moved. */
  beat(moves: number): void {
    const now = Date.now();
    if (moves !== this.#moves) {
      this.#moves = moves;
      this.#movedAt = now;
      this.words = null;
    }
    const { quietMs = 10_000, pauseMs = 30_000 } = this.watched;
    if (this.#looking || now - this.#movedAt < quietMs || now < this.#lookAgainAt) return;
    this.#lookAgainAt = now + pauseMs;
    this.#looking = this.#look(moves)
      // It only tells: when even the log cannot be written, the lane will find out by itself.
      .catch(() => {})
      .finally(() => {
        this.#looking = null;
      });
  }

  /** Ends a look under way; one that is still on its way to a server ends by itself. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#open].map(closeSession));
    await Promise.race([this.#looking, sleep(LONGEST_STOP_MS, undefined, { ref: false })]);
  }

  async #look(moves: number): Promise<void> {
    const { importId, unit } = this.watched;
    const { subject, payload } = unit;
    const copies = carryingKinds.includes(payload.kind);
    const [source, target] = await Promise.all([
      READING_KINDS.includes(payload.kind) ? this.#see("source") : null,
      this.#see("target"),
    ]);
    const seconds = Math.round((Date.now() - this.#movedAt) / 1000);
    const words = stallInWords({ subject, seconds, copies, source, target });
    if (this.#stopped || moves !== this.#moves) return;
    this.words = words;
    if (words !== null && !(await toldLately(importId, subject))) await logEvent(importId, "warn", STALLED, words);
  }

  async #see(side: "source" | "target"): Promise<SideSeen> {
    const { importId, lane, targetSession } = this.watched;
    const session = (side === "target" && targetSession) || laneName(importId, lane);
    let client: Client | undefined;
    try {
      const options = { side, name: `ferry ${importId} watch ${lane}`, connectTimeoutMs: CONNECT_TIMEOUT_MS };
      client = await openSession(await openCredential(importId, side), options);
      if (this.#stopped) return null;
      this.#open.add(client);
      await client.query("begin read only");
      const { rows } = await client.query<SessionSeen>(LANE_SESSION, [session]);
      return rows[0] ?? null;
    } catch (error) {
      return { unasked: explain(toStored(error)).what };
    } finally {
      if (client) {
        this.#open.delete(client);
        await closeSession(client);
      }
    }
  }
}

const STALLED = "unit.waiting";

/** Once a minute is enough, however many attempts there are in it. */
async function toldLately(importId: string, subject: string): Promise<boolean> {
  const { rowCount } = await database().execute(sql`
    select 1 from import_events
     where import_id = ${importId} and kind = ${STALLED} and at > now() - interval '1 minute'
       and left(message, ${subject.length + 1}) = ${`${subject} `} limit 1`);
  return rowCount === 1;
}
