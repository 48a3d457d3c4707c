import type { Pool } from "pg";
import { messageOf } from "@/lib/errors/ferry-error";
import type { App } from "./app";
import { deliverEvents } from "./deliver";
import { Doorbell } from "./doorbell";
import { execute } from "./execute";
import { failRun } from "./record";
import { type ClaimedJob, claimLimited, claimUnlimited, lookAhead, renewLeases } from "./store/jobs";
import { burySiblings } from "./store/runners";
import { mayPass } from "./store/transaction";

const BATCH = 50;
const LONGEST_PAUSE_MS = 2_000;
const STOP_GRACE_MS = 300;

export interface WorkerOptions {
  pool: Pool;
  app: App;
  runnerId: string;
  log: (line: string) => void;
  onUnreachable: () => void;
}

/** Does the work that is due: delivers events, claims jobs, calls the app, renews the leases of its calls. */
export class Worker {
  private readonly bell = new Doorbell();
  private readonly calls = new Map<string, { job: ClaimedJob; abort: AbortController; done: Promise<void> }>();
  private isStopped = false;
  /** Until the app has said which functions it has, an event would start none. */
  private knowsFunctions = false;
  private loop: Promise<void> | null = null;
  private beat: NodeJS.Timeout | null = null;
  private isTroubled = false;

  constructor(private readonly options: WorkerOptions) {}

  start(): void {
    this.loop = this.run();
    this.beat = setInterval(() => {
      void this.renew();
      void this.takeOver();
    }, this.options.app.tuning.heartbeatMs);
  }

  /** There may be something to do. */
  ring(): void {
    this.bell.ring();
  }

  functionsKnown(): void {
    this.knowsFunctions = true;
    this.ring();
  }

  /** Lets calls that are about to end do so and abandons the rest: the next runner makes those again. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.ring();
    await this.loop;
    if (this.beat) clearInterval(this.beat);
    const ended = Promise.all([...this.calls.values()].map(({ done }) => done));
    let grace: NodeJS.Timeout | undefined;
    await Promise.race([
      ended,
      new Promise((resolve) => {
        grace = setTimeout(resolve, STOP_GRACE_MS);
      }),
    ]);
    clearTimeout(grace);
    for (const { abort } of this.calls.values()) abort.abort();
    await ended;
  }

  private async run(): Promise<void> {
    let pauseMs = 0;
    while (!this.isStopped) {
      const isLikely = await this.bell.sleep(pauseMs);
      if (this.isStopped) return;
      try {
        pauseMs = await this.round(isLikely || pauseMs === 0);
        this.isTroubled = false;
      } catch (error) {
        this.complain("The runner cannot work with its database", error);
        pauseMs = LONGEST_PAUSE_MS;
      }
    }
  }

  /** Takes what is due; answers for how long there is nothing to do. Where work is likely, claiming comes first. */
  private async round(isLikely: boolean): Promise<number> {
    const { pool, app, runnerId, log } = this.options;
    const { pollMs, leaseMs } = app.tuning;
    let isBusy = isLikely && (await this.claim(claimUnlimited));
    const outlook = await lookAhead(pool);
    if (outlook.hasUnlimited) isBusy = (await this.claim(claimUnlimited)) || isBusy;
    if (outlook.hasEvents && this.knowsFunctions) {
      await deliverEvents(pool, { leaseMs, runnerId, log });
      isBusy = true;
    }
    if (outlook.hasLimited) isBusy = (await this.claim(claimLimited)) || isBusy;
    if (isBusy && this.room() > 0) return 0;
    return Math.min(Math.max(outlook.nextInMs ?? pollMs, 1), pollMs);
  }

  /** True when the database may have more than was taken. */
  private async claim(from: typeof claimUnlimited): Promise<boolean> {
    const free = this.room();
    if (free === 0) return false;
    const { pool, app, runnerId } = this.options;
    const jobs = await from(pool, { free, leaseMs: app.tuning.leaseMs, runnerId, inHand: [...this.calls.keys()] });
    for (const job of jobs) this.take(job);
    return jobs.length === free;
  }

  private room(): number {
    return Math.max(0, Math.min(this.options.app.tuning.concurrentCalls - this.calls.size, BATCH));
  }

  private take(job: ClaimedJob): void {
    const abort = new AbortController();
    const { pool, app, onUnreachable } = this.options;
    const persist = <T>(work: () => Promise<T>) => this.persist(job, work, abort.signal);
    const done = execute(job, { pool, app, signal: abort.signal, persist, onUnreachable })
      .catch((error) => this.giveUp(job, error, abort.signal))
      .finally(() => {
        this.calls.delete(job.id);
        this.ring();
      });
    this.calls.set(job.id, { job, abort, done });
  }

  /** An answer must not be lost because the database is away for a moment: a step would run again. */
  private async persist<T>(job: ClaimedJob, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || !mayPass(error)) throw error;
        this.complain(`The runner cannot record ${job.id} yet`, error);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }

  /** What can never be recorded must not be tried for ever: the run fails with the reason. */
  private async giveUp(job: ClaimedJob, error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.complain(`The runner could not carry out ${job.id}`, error);
    try {
      await failRun(this.options.pool, job, { name: "RunnerError", message: messageOf(error) });
    } catch (secondError) {
      this.complain(`The runner could not fail ${job.id}`, secondError);
    }
  }

  private async renew(): Promise<void> {
    const held = [...this.calls.values()];
    if (held.length === 0) return;
    const { pool, app } = this.options;
    try {
      const leases = held.map(({ job }) => job.leaseId);
      const ours = await renewLeases(pool, leases, app.tuning.leaseMs);
      // Cancelled, or taken over: nobody waits for the answer any more.
      for (const { job, abort } of held) if (!ours.has(job.leaseId)) abort.abort();
    } catch (error) {
      this.complain("The runner cannot renew its leases", error);
    }
  }

  /** What a killed neighbour held need not wait until its lease ends. */
  private async takeOver(): Promise<void> {
    const { pool, runnerId } = this.options;
    try {
      if ((await burySiblings(pool, runnerId)) > 0) this.ring();
    } catch (error) {
      this.complain("The runner cannot look after its neighbours", error);
    }
  }

  /** Once per trouble, not once per try. */
  private complain(what: string, error: unknown): void {
    if (!this.isTroubled) this.options.log(`${what}: ${messageOf(error)}`);
    this.isTroubled = true;
  }
}
