import { createHash, randomBytes } from "node:crypto";
import { testServer } from "@/e2e/servers/test-servers";
import { type Runner, startRunner, type Tuning } from "../index";

export interface EngineAddress {
  url: string;
  eventKey: string;
  /** Null when requests are not signed, as with `inngest dev`. */
  signingKey: string | null;
  apiHeaders: Record<string, string>;
  register(appUrl: string): Promise<void>;
  stop(): Promise<void>;
  /** Only of our own engine. */
  databaseUrl: string;
  runner: Runner | null;
}

/** Waits that a test would feel, shortened; the rest as in earnest. */
export const QUICK: Partial<Tuning> = {
  retryDelaysMs: [50],
  retryJitterMs: 0,
  unreachableDelaysMs: [50, 100, 200],
  registerDelaysMs: [20, 50, 100],
};

export const newKey = () => randomBytes(16).toString("hex");

export function bearer(signingKey: string): Record<string, string> {
  const hashed = createHash("sha256").update(Buffer.from(signingKey, "hex")).digest("hex");
  return { authorization: `Bearer ${hashed}` };
}

/** The embedded runner on a database of its own. */
export async function ownEngine(appUrl: string, tuning: Partial<Tuning>): Promise<EngineAddress> {
  const server = await testServer(18);
  const database = await server.createDatabase("runner");
  const signingKey = newKey();
  const eventKey = newKey();
  const runner = await startRunner({
    databaseUrl: database.url,
    port: 0,
    appUrl,
    signingKey,
    eventKey,
    tuning: { ...QUICK, ...tuning },
    log: process.env.FERRY_TEST_LOG ? console.log : undefined,
  });
  return {
    url: runner.url,
    eventKey,
    signingKey,
    apiHeaders: bearer(signingKey),
    databaseUrl: database.url,
    runner,
    register: () => runner.register(),
    stop: async () => {
      await runner.stop();
      await database.drop();
    },
  };
}

/**
 * An engine that runs already: `inngest dev --no-discovery --retry-interval 1`, or `inngest start` with
 * its keys in FERRY_ENGINE_EVENT_KEY and FERRY_ENGINE_SIGNING_KEY.
 */
export async function externalEngine(): Promise<EngineAddress> {
  const signingKey = process.env.FERRY_ENGINE_SIGNING_KEY ?? null;
  return {
    url: process.env.FERRY_ENGINE_URL ?? "",
    eventKey: process.env.FERRY_ENGINE_EVENT_KEY ?? "test",
    signingKey,
    apiHeaders: signingKey === null ? {} : bearer(signingKey),
    databaseUrl: "",
    runner: null,
    register: registerByItself,
    stop: async () => {},
  };
}

/** The app tells the engine which functions it has: the SDK does so when it is asked with PUT. */
export async function registerByItself(appUrl: string): Promise<void> {
  const response = await fetch(appUrl, { method: "PUT" });
  if (!response.ok) throw new Error(`registration answered ${response.status}: ${await response.text()}`);
}
