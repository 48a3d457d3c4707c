import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ownRunFolder } from "@/e2e/servers/test-folder";
import { runningFerry } from "@/lib/embedded/home-running";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";

const START_MS = 120_000;

/** A Ferry of a test's own, which it may kill parts of. */
export interface OwnFerry {
  address: string;
  /** The folder of its data. */
  home: string;
  /** Of the supervisor. */
  pid: number;
  /** What nobody may be told: keys, and passwords of its own servers. */
  secrets: Record<string, string>;
  /** What its web process was given. */
  environment: Readonly<Record<string, string>>;
  /** What the metadata database says, also while no page answers. */
  statusInDatabase(importId: string): Promise<string>;
  stop(): Promise<void>;
}

/** Empty rather than absent, so that a .env file of the user's does not fill them. */
const NOTHING_GIVEN = {
  ...{ FERRY_DEMO: "on", FERRY_KEYS: "", FERRY_URL: "", DATABASE_URL: "" },
  ...{ FERRY_NEON_API_URL: "", FERRY_NEON_API_KEY: "" },
  ...{ INNGEST_BASE_URL: "", INNGEST_EVENT_KEY: "", INNGEST_SIGNING_KEY: "", INNGEST_DEV: "" },
};

export async function startOwnFerry(more: Record<string, string> = {}): Promise<OwnFerry> {
  // What a run that was killed leaves there, the next one takes away.
  const run = ownRunFolder();
  await mkdir(run, { recursive: true, mode: 0o711 });
  const home = join(run, `ferry-${randomBytes(4).toString("hex")}`);
  const environment = { ...process.env, ...NOTHING_GIVEN, FERRY_DATA_DIR: home, PORT: "0", ...more };
  const child: ChildProcess = spawn(process.execPath, ["bin/start.mjs"], { env: environment, stdio: "inherit" });
  const exited = once(child, "exit");
  const deadline = Date.now() + START_MS;
  let running = await runningFerry(home);
  while (!running?.address) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error("Ferry did not start.");
    await sleep(100);
    running = await runningFerry(home);
  }
  const { address, environment: variables } = running;
  const metadata = parseConnectionString(variables.DATABASE_URL ?? "");
  return {
    address,
    home,
    pid: running.pid,
    secrets: secretsOf(variables),
    environment: variables,
    statusInDatabase: (importId) =>
      withSession(metadata, { side: "metadata", name: "ferry test" }, async (client) => {
        const { rows } = await client.query("select status from imports where id = $1", [importId]);
        return rows[0]?.status;
      }),
    stop: async () => {
      child.kill("SIGINT");
      await exited;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The password of the local target is shown on a click, so it is none of these. */
function secretsOf(variables: Readonly<Record<string, string>>): Record<string, string> {
  const password = (name: string) => (variables[name] ? parseConnectionString(variables[name]).password : null) ?? "";
  const keyring = variables.FERRY_KEYS?.split(":")[1] ?? "";
  const all = {
    ...{ keyring, metadata: password("DATABASE_URL"), demo: password("FERRY_DEMO_SOURCE_URL") },
    files: password("FERRY_FILES_URL"),
    ...{ engine: variables.INNGEST_SIGNING_KEY ?? "", events: variables.INNGEST_EVENT_KEY ?? "" },
  };
  return Object.fromEntries(Object.entries(all).filter(([, secret]) => secret.length > 8));
}
