import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type TestDatabase, type TestServer, testServer } from "@/e2e/servers/test-servers";
import { migrate } from "@/lib/db/migrate";
import { startRunner, type Tuning } from "@/lib/embedded/runner";
import type { ImportView } from "@/lib/imports/view";
import type { PauseView } from "@/lib/imports/view/pause";
import type { ImportOptions } from "@/lib/plan/options";
import { newKeyringText } from "@/lib/security/keyring";

const MAX_WAIT_MS = 110_000;
const POLL_MS = 50;

export interface FerryRig {
  metadata: TestDatabase;
  create(sourceUrl: string, targetUrl: string, options?: Partial<ImportOptions>): Promise<string>;
  check(id: string): Promise<void>;
  start(id: string): Promise<void>;
  pause(id: string, letGo?: boolean): Promise<PauseView>;
  resume(id: string): Promise<void>;
  cancel(id: string, discard?: boolean): Promise<void>;
  /** Waits until the clean-up of a cancelled import has done its last step. */
  untilCleanedUp(id: string): Promise<void>;
  retry(id: string, all?: boolean): Promise<void>;
  view(id: string): Promise<ImportView>;
  /** Waits until the view is as wished; an import that ends before is an error. */
  until(id: string, what: string, wished: (view: ImportView) => boolean): Promise<ImportView>;
  waitForEnd(id: string): Promise<ImportView>;
  /** Creates and starts an import, and waits for its end. */
  run(sourceUrl: string, targetUrl: string, options?: Partial<ImportOptions>): Promise<string>;
  stop(): Promise<void>;
}

/** For tests in which steps fail: the product waits a quarter of a minute and longer before it tries one again. */
export const QUICK_RETRIES: Partial<Tuning> = { retryDelaysMs: [250], retryJitterMs: 0 };

interface RigOptions {
  tuning?: Partial<Tuning>;
  /** Where its metadata lives; by default a server that the tests share. */
  server?: Pick<TestServer, "createDatabase">;
  /** Puts a line between engine and functions, in both directions; is given an origin and answers with another. */
  between?: (origin: string) => Promise<string>;
}

/** A whole Ferry in this process: metadata database, runner and functions, joined as in the product. */
export async function startFerry({
  tuning,
  server,
  between = async (origin) => origin,
}: RigOptions = {}): Promise<FerryRig> {
  const metadata = await (server ?? (await testServer(18))).createDatabase("ferry_metadata");
  await migrate(metadata.url);
  const signingKey = randomBytes(32).toString("hex");
  const eventKey = randomBytes(16).toString("hex");
  Object.assign(process.env, {
    DATABASE_URL: metadata.url,
    FERRY_KEYS: newKeyringText(),
    FERRY_MODE: "embedded",
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_EVENT_KEY: eventKey,
  });
  // The client of the step engine reads its address when it is loaded, so all that uses it is loaded after this.
  const port = await freePort();
  process.env.INNGEST_BASE_URL = await between(`http://127.0.0.1:${port}`);
  const { serveFunctions } = await import("@/inngest/serve");
  const { createImport } = await import("@/lib/imports/create-import");
  const { startImport } = await import("@/lib/imports/start-import");
  const { getImport } = await import("@/lib/imports/get-import");
  const { cancelImport } = await import("@/lib/imports/cancel-import");
  const { isCleanedUp } = await import("@/lib/imports/is-cleaned-up");
  const { pauseImport } = await import("@/lib/imports/pause-import");
  const { resumeImport } = await import("@/lib/imports/resume-import");
  const { runChecks } = await import("@/lib/imports/run-checks");
  const { retryImport } = await import("@/lib/imports/retry-import");
  const { hasEnded } = await import("@/lib/imports/status");
  const functions = await serveFunctions();
  const { origin, pathname } = new URL(functions.url);
  const appUrl = `${await between(origin)}${pathname}`;
  const runner = await startRunner({ databaseUrl: metadata.url, port, appUrl, signingKey, eventKey, tuning });
  await runner.register();

  const create: FerryRig["create"] = async (sourceText, targetText, options) => {
    const { id } = await createImport({ input: { sourceText, target: { kind: "url", text: targetText }, options } });
    return id;
  };
  const view = (id: string) => getImport({ id });
  const until: FerryRig["until"] = async (id, what, wished) => {
    const deadline = Date.now() + MAX_WAIT_MS;
    for (;;) {
      const seen = await view(id);
      if (wished(seen)) return seen;
      const { status, headline, events } = seen;
      const lines = events.map(({ message }) => message).join("\n");
      if (hasEnded(status) || Date.now() > deadline) throw new Error(`Not ${what}: ${status}, ${headline}\n${lines}`);
      await sleep(POLL_MS);
    }
  };
  const waitForEnd = (id: string) => until(id, "ended", ({ status }) => hasEnded(status));
  const start = (id: string) => startImport({ id });
  return {
    metadata,
    create,
    check: (id) => runChecks({ id }),
    start,
    pause: (id, letGo) => pauseImport({ id, letGo }),
    resume: (id) => resumeImport({ id }),
    cancel: (id, discard) => cancelImport({ id, discard }),
    untilCleanedUp: async (id) => {
      for (const deadline = Date.now() + MAX_WAIT_MS; !(await isCleanedUp({ id })); await sleep(POLL_MS)) {
        if (Date.now() > deadline) throw new Error("The clean-up has not come to its end.");
      }
    },
    retry: (id, all) => retryImport({ id, all }),
    view,
    until,
    waitForEnd,
    run: async (source, target, options) => {
      const id = await create(source, target, options);
      await start(id);
      await waitForEnd(id);
      return id;
    },
    stop: async () => {
      await runner.stop();
      await functions.stop();
    },
  };
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
