import { randomUUID } from "node:crypto";
import { messageOf } from "@/lib/errors/ferry-error";
import type { App } from "./app";
import { Registration } from "./registration";
import { listen, type RunningServer } from "./server";
import { checkSigningKey } from "./signature";
import { removeHistory } from "./store/history";
import { openPool } from "./store/pool";
import { burySiblings, enrol, leave } from "./store/runners";
import { migrate } from "./store/schema";
import { DEFAULT_TUNING, type Tuning } from "./tuning";
import { Worker } from "./worker";

export { listRuns, type RunDetail, type RunFilter, type RunSummary, runDetail, type StepSummary } from "./listing";
export type { Limits, Tuning } from "./tuning";

export interface RunnerOptions {
  databaseUrl: string;
  /** 0 takes a free one. */
  port: number;
  host?: string;
  /** Where the app serves its functions. It may come up later. */
  appUrl: string;
  /** Bare hexadecimal, of even length. */
  signingKey: string;
  eventKey: string;
  log?: (line: string) => void;
  tuning?: Partial<Tuning>;
}

export interface Runner {
  port: number;
  /** What the app's client takes as its base URL. */
  url: string;
  /** Asks the app for its functions now; resolves once it has answered. */
  register(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A durable step engine that speaks Inngest's protocol. All its state is in the database, so any number of
 * runners may work on the same one, and one that is killed loses nothing.
 */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { databaseUrl, host = "127.0.0.1", eventKey, signingKey, log = () => {} } = options;
  checkSigningKey(signingKey);
  const tuning: Tuning = { ...DEFAULT_TUNING, ...options.tuning };
  const app: App = { url: options.appUrl, signingKey, tuning };
  const pool = openPool({ databaseUrl, size: tuning.poolSize, mostIdleMs: tuning.leaseMs });
  const runnerId = randomUUID();
  const worker: Worker = new Worker({ pool, app, runnerId, log, onUnreachable: () => registration.suspect() });
  const registration = new Registration({ pool, app, log, onRegistered: () => worker.functionsKnown() });

  let server: RunningServer;
  try {
    await migrate(pool);
    await enrol(pool, runnerId);
    await burySiblings(pool, runnerId);
    server = await listen(
      {
        pool,
        eventKey,
        signingKey,
        limits: tuning.limits,
        log,
        onEvents: () => worker.ring(),
        acceptFunctions: (functions) => registration.accept(functions),
      },
      host,
      options.port,
    );
  } catch (error) {
    await pool.end();
    throw error;
  }
  worker.start();
  registration.start();
  const clean = () => removeHistory(pool, tuning.historyMs).catch((error) => log(`Old runs stay: ${messageOf(error)}`));
  void clean();
  const cleaning = setInterval(clean, tuning.cleanMs);

  return {
    port: server.port,
    url: `http://${host}:${server.port}`,
    register: () => registration.register(),
    stop: async () => {
      clearInterval(cleaning);
      await Promise.all([server.stop(), registration.stop(), worker.stop()]);
      await leave(pool, [runnerId]).catch((error) => log(`Work under way is given back late: ${messageOf(error)}`));
      await pool.end();
    },
  };
}
