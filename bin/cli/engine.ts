import { join } from "node:path";
import { migrate } from "@/lib/db/migrate";
import { type Home, homePath, openHome } from "@/lib/embedded/home";
import { runningFerry } from "@/lib/embedded/home-running";
import { homeSecrets } from "@/lib/embedded/home-secrets";
import { homeServersDir } from "@/lib/embedded/home-servers";
import { openLog } from "@/lib/embedded/part-log";
import { freePort } from "@/lib/embedded/postgres";
import { planStack, type StackFacts, webEnvironment } from "@/lib/embedded/stack-plan";
import { StackServers } from "@/lib/embedded/stack-servers";
import { Unwind } from "@/lib/embedded/unwind";
import { FerryError } from "@/lib/errors/ferry-error";

/** Homes that may be in use at once by commands, one each. */
const MAX_COMMANDS = 16;

export interface Engine {
  stop(): Promise<void>;
}

/**
 * Makes metadata database and step engine ready for this process: those that the environment names, those of the
 * Ferry that runs here already, or its own. Afterwards `process.env` is what the engine's parts read.
 */
export async function startEngine(projectDir: string): Promise<Engine> {
  const plan = planStack(process.env);
  if (plan.database === "given" && plan.engine === "given") return { stop: async () => {} };
  const path = homePath(projectDir);
  const running = await runningFerry(path);
  if (running) {
    Object.assign(process.env, running.environment);
    return { stop: async () => {} };
  }
  const home = await freeHome(path);
  const unwind = new Unwind();
  unwind.add(() => home.release());
  try {
    await startOwn(home, unwind);
  } catch (error) {
    await unwind.run();
    throw error;
  }
  return { stop: () => unwind.run() };
}

/** The common home, so that the console shows this import later; where it is taken, one of those kept for commands. */
async function freeHome(path: string): Promise<Home> {
  const places = [
    path,
    ...Array.from({ length: MAX_COMMANDS }, (_, index) => join(path, "commands", String(index + 1))),
  ];
  for (const place of places) {
    const opened = await openHome(place);
    if ("home" in opened) return opened.home;
  }
  throw new FerryError("embedded.no_home", { count: MAX_COMMANDS });
}

async function startOwn(home: Home, unwind: Unwind): Promise<void> {
  const plan = planStack(process.env);
  const secrets = await homeSecrets(home.path);
  const log = openLog(home.log("command"));
  unwind.add(async () => log.close());
  // Slow ones to load: they do while the servers start.
  const runnerModule = import("@/lib/embedded/runner");
  for (const loading of [runnerModule, import("inngest/node")]) loading.catch(() => {}); // Whoever needs it is told.
  const facts: StackFacts = { keys: process.env.FERRY_KEYS || secrets.keys, databaseUrl: process.env.DATABASE_URL };
  if (plan.database === "embedded") {
    const serversDir = await homeServersDir(home.path);
    const say = (line: string) => log.line(line);
    const servers = new StackServers({ serversDir, secrets, home, log: log.line, say, unwind });
    Object.assign(facts, await servers.startOwn());
  }
  await migrate(facts.databaseUrl as string);
  if (plan.engine === "given") {
    Object.assign(process.env, webEnvironment(process.env, facts));
    return;
  }
  const { signingKey, eventKey } = secrets;
  const port = await freePort();
  facts.engine = { url: `http://127.0.0.1:${port}`, signingKey, eventKey };
  Object.assign(process.env, webEnvironment(process.env, facts));
  // The engine's client reads the environment when it is loaded.
  const { serveFunctions } = await import("@/inngest/serve");
  const functions = await serveFunctions();
  unwind.add(() => functions.stop());
  const databaseUrl = facts.databaseUrl as string;
  const { startRunner } = await runnerModule;
  const runner = await startRunner({ databaseUrl, port, appUrl: functions.url, signingKey, eventKey, log: log.line });
  unwind.add(() => runner.stop());
  await runner.register();
}
