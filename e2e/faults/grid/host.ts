import { setTimeout as sleep } from "node:timers/promises";
import type { EngineProcess } from "../engine-process";
import type { Question } from "../engine-words";
import type { Stage } from "../stage";

/** For so long a process stands still beside the one that has taken its work over, and never for longer than that. */
const STILL_MS = 2_500;
const LONGEST_STILL_MS = 10_000;

/**
 * What a host does for an engine: starts it again when it has died, and another beside it when it stands still. Leases
 * run out meanwhile, as if that took long: a cell has not so much time.
 */
export class Host {
  #beside: EngineProcess | null = null;

  constructor(readonly stage: Stage) {}

  async look(): Promise<void> {
    const { engine } = this.stage.slot;
    if (engine.isGone) {
      await engine.replace(() => this.#runOut());
      await this.letBeQuiet();
    } else if (this.#beside === null && engine.struck.some((told) => told.includes("=hang@"))) {
      const atLast = setTimeout(() => engine.goOn(), LONGEST_STILL_MS);
      await this.#runOut();
      await this.#giveBackCalls();
      this.#beside = await engine.startBeside();
      await sleep(STILL_MS);
      clearTimeout(atLast);
      engine.goOn();
    }
  }

  /** Asks once more where there was no answer. */
  async ask<Q extends Question>(question: Q, onFailure: (error: unknown) => void = () => {}) {
    const { engine } = this.stage.slot;
    return engine.ask(question).catch(async (error: unknown) => {
      onFailure(error);
      await this.look();
      return engine.ask(question);
    });
  }

  /** As if nothing had been said in its log for a while. */
  async letBeQuiet(): Promise<void> {
    const { slot, importId } = this.stage;
    await slot.ask("update import_events set at = at - interval '20 seconds' where import_id = $1", [importId]);
    await slot.ask("update imports set created_at = created_at - interval '20 seconds' where id = $1", [importId]);
  }

  async close(): Promise<void> {
    this.stage.slot.engine.goOn();
    await this.#beside?.kill();
  }

  /** What stands still may do so in a transaction: its rows are left alone. */
  async #runOut(): Promise<void> {
    const { slot, importId } = this.stage;
    await slot.ask(
      `update units set lease_until = lease_until - interval '20 seconds'
        where import_id = $1
          and id in (select id from units where import_id = $1 and state = 'running' for update skip locked)`,
      [importId],
    );
    await slot.ask(
      `update snapshot_holders set heartbeat_at = heartbeat_at - interval '10 seconds'
        where (epoch, generation, holder) in (select epoch, generation, holder from snapshot_holders
                                               where import_id = $1 and released_at is null for update skip locked)`,
      [importId],
    );
  }

  async #giveBackCalls(): Promise<void> {
    await this.stage.slot.ask(
      `update ferry_runner.job set lease_id = null, lease_until = null, runner_id = null
        where id in (select id from ferry_runner.job where lease_id is not null for update skip locked)`,
    );
  }
}
