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
  /** Events are taken from here on. */
  ready: Promise<void>;
  stop(): Promise<void>;
}

/** One that runs already, or is somebody else's. */
const ELSEWHERE: Engine = { ready: Promise.resolve(), stop: async () => {} };

/**
 * Makes metadata database and step engine ready for this process: those that the environment names, those of the
 * Ferry that runs here already, or its own. Afterwards `process.env` is what the engine's parts read. While a server
 * of its own starts, this process has time for other things.
 */
export async function startEngine(projectDir: string, meanwhile: () => void): Promise<Engine> {
  const plan = planStack(process.env);
  if (plan.database === "given" && plan.engine === "given") return ELSEWHERE;
  const path = homePath(projectDir);
  const running = await runningFerry(path);
  if (running) {
    Object.assign(process.env, running.environment);
    return ELSEWHERE;
  }
  const home = await freeHome(path);
  const unwind = new Unwind();
  unwind.add(() => home.release());
  try {
    const { ready } = await startOwn(home, unwind, meanwhile);
    return { ready, stop: () => unwind.run() };
  } catch (error) {
    await unwind.run();
    throw error;
  }
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

async function startOwn(home: Home, unwind: Unwind, meanwhile: () => void): Promise<Pick<Engine, "ready">> {
  const plan = planStack(process.env);
  const secrets = await homeSecrets(home.path);
  const log = openLog(home.log("command"));
  unwind.add(async () => log.close());
  const facts: StackFacts = { keys: process.env.FERRY_KEYS || secrets.keys, databaseUrl: process.env.DATABASE_URL };
  if (plan.database === "embedded") {
    const serversDir = await homeServersDir(home.path);
    const say = (line: string) => log.line(line);
    const servers = new StackServers({ serversDir, secrets, home, log: log.line, say, unwind });
    Object.assign(
      facts,
      await servers.startOwn(() => {
        meanwhile();
        void loadRunner();
      }),
    );
  }
  const databaseUrl = facts.databaseUrl as string;
  const migrated = migrate(databaseUrl);
  migrated.catch(() => {}); // Told below.
  if (plan.engine === "given") {
    Object.assign(process.env, webEnvironment(process.env, facts));
    await migrated;
    return { ready: Promise.resolve() };
  }
  const { signingKey, eventKey } = secrets;
  const port = await freePort();
  facts.engine = { url: `http://127.0.0.1:${port}`, signingKey, eventKey };
  Object.assign(process.env, webEnvironment(process.env, facts));
  // The engine's client reads the environment when it is loaded.
  const { serveFunctions } = await import("@/inngest/serve");
  const functions = await serveFunctions();
  unwind.add(() => functions.stop());
  const { startRunner } = await loadRunner();
  await migrated;
  const runner = await startRunner({ databaseUrl, port, appUrl: functions.url, signingKey, eventKey, log: log.line });
  unwind.add(() => runner.stop());
  const ready = runner.register();
  ready.catch(() => {}); // Told to whoever waits for it.
  return { ready };
}

/** Slow to load. */
function loadRunner() {
  const loading = [import("@/lib/embedded/runner"), import("inngest/node")] as const;
  for (const module of loading) module.catch(() => {}); // Whoever needs it is told.
  return loading[0];
}
