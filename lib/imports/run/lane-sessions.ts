import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { tuneForBuilds } from "@/lib/finish/build-settings";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { CONNECT_TIMEOUT_MS, closeSession, openSession } from "@/lib/postgres/session";
import { isConnectionLost, sqlstateOf } from "@/lib/postgres/sqlstate";
import { enterSnapshot } from "@/lib/snapshot/enter";
import { openCredential } from "../credentials";

export interface LaneSessionsRequest {
  importId: string;
  epoch: number;
  lane: number;
  /** How many there are. */
  lanes: number;
  /** When the step's time is up: nothing is waited for any longer. */
  deadline: number;
  /** How long to wait for a holder of the snapshot. */
  snapshotWaitMs: number;
}

/** What both servers know a lane by. */
export const laneName = (importId: string, lane: number) => `ferry ${importId} lane ${lane}`;

const SHORTEST_CONNECT_MS = 1_000;
const IN_FAILED_TRANSACTION = "25P02";
const LONGEST_PROBE_MS = 500;

/**
 * A server in the middle of a long statement looks for its client only if it is told to: without this, a cancelled
 * index would be built to its end. Exists from 14 on, where the system can tell.
 */
const NOTICE_A_LOST_CLIENT = `
  select pg_catalog.set_config(name, '1000', false)
    from pg_catalog.pg_settings
   where name = 'client_connection_check_interval' and version() like '%linux%'`;

/** The two sessions of a lane, opened when first needed and kept from unit to unit of one invocation. */
export class LaneSessions {
  #source: Promise<Client> | undefined;
  #target: Promise<Client> | undefined;
  /** Connected, but still waiting for the snapshot, which may never come. */
  readonly #waiting = new Set<Client>();

  constructor(private readonly request: LaneSessionsRequest) {}

  /** Inside a transaction that sees the import's snapshot and nothing else. */
  source(): Promise<Client> {
    this.#source ??= this.#openSource();
    return this.#source;
  }

  target(): Promise<Client> {
    this.#target ??= this.#openTarget();
    return this.#target;
  }

  /**
   * The side whose server refused a statement: the source's transaction is never left but for an error, after which it
   * takes no other. Undefined where nobody can tell in time.
   */
  async sideOfFailure(): Promise<"source" | "target" | undefined> {
    const client = await this.#source?.catch(() => undefined);
    if (!client) return undefined;
    const refusedBefore = client.query("select 1").then(
      () => "target" as const,
      (error: unknown) =>
        sqlstateOf(error) === IN_FAILED_TRANSACTION || isConnectionLost(error) ? "source" : "target",
    );
    return Promise.race([refusedBefore, sleep(LONGEST_PROBE_MS, undefined, { ref: false })]);
  }

  /** Ends both, also in the middle of a query: the server rolls back what was not committed. */
  async close(): Promise<void> {
    const open = [this.#source, this.#target];
    this.#source = undefined;
    this.#target = undefined;
    await Promise.all([...this.#waiting].map(closeSession));
    // A session that never opened has told its user so already.
    await Promise.all(open.map((session) => session?.then(closeSession, () => {})));
  }

  #openSource(): Promise<Client> {
    const { importId, epoch, deadline, snapshotWaitMs } = this.request;
    return this.#open("source", async (client) => {
      await enterSnapshot(client, importId, epoch, Math.min(snapshotWaitMs, Math.max(0, deadline - Date.now())));
    });
  }

  #openTarget(): Promise<Client> {
    return this.#open("target", (client, spec) => tuneForBuilds(client, spec, this.request.lanes));
  }

  async #open(
    side: "source" | "target",
    prepare: (client: Client, spec: ConnectionSpec) => Promise<void>,
  ): Promise<Client> {
    const { importId, lane, deadline } = this.request;
    const connectTimeoutMs = Math.min(CONNECT_TIMEOUT_MS, Math.max(SHORTEST_CONNECT_MS, deadline - Date.now()));
    const spec = await openCredential(importId, side);
    const client = await openSession(spec, { side, name: laneName(importId, lane), connectTimeoutMs });
    this.#waiting.add(client);
    try {
      await client.query(NOTICE_A_LOST_CLIENT);
      await prepare(client, spec);
      return client;
    } catch (error) {
      await closeSession(client);
      throw error;
    } finally {
      this.#waiting.delete(client);
    }
  }
}
