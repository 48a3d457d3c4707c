import { existsSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "@/lib/db/migrate";
import { type Home, homePath, openHome } from "@/lib/embedded/home";
import { removeRunning, runningFerry, writeRunning } from "@/lib/embedded/home-running";
import { homeSecrets } from "@/lib/embedded/home-secrets";
import { homeServersDir } from "@/lib/embedded/home-servers";
import { openLog } from "@/lib/embedded/part-log";
import { freePort } from "@/lib/embedded/postgres";
import { startStackNeon } from "@/lib/embedded/stack-neon";
import { planStack, type StackFacts, type StackPlan, webEnvironment } from "@/lib/embedded/stack-plan";
import { StackServers } from "@/lib/embedded/stack-servers";
import { Unwind } from "@/lib/embedded/unwind";
import { FerryError } from "@/lib/errors/ferry-error";
import { withSession } from "@/lib/postgres/session";
import { redact } from "@/lib/security/redact";
import { parseConnectionString } from "@/lib/source/connection-string";

/** Homes that may be in use at once by commands, one each. */
const MAX_COMMANDS = 16;

export interface Engine {
  /** Events are taken from here on. */
  ready: Promise<void>;
  /** Whether the work is done in this process, and so ends with it. */
  isOwn: boolean;
  stop(): Promise<void>;
}

/** One that runs already, or is somebody else's. */
const ELSEWHERE: Engine = { ready: Promise.resolve(), isOwn: false, stop: async () => {} };

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
  // One without an address is another command's, and ends with it.
  if (running?.address) {
    Object.assign(process.env, running.environment);
    return ELSEWHERE;
  }
  return startOwnEngine(await freeHome(path), meanwhile);
}

/**
 * The same for what is done with an import that there is: the Ferry that has it, a command's too, or its own, in the
 * home where a command that has ended or was killed has left it.
 */
export async function startEngineOf(projectDir: string, importId: string): Promise<Engine> {
  const plan = planStack(process.env);
  if (plan.database === "given" && plan.engine === "given") return ELSEWHERE;
  const path = homePath(projectDir);
  for (const place of placesIn(path)) {
    const running = await runningFerry(place);
    if (!running || !(await hasImport(running.environment.DATABASE_URL, importId))) continue;
    Object.assign(process.env, running.environment);
    return ELSEWHERE;
  }
  const engine = await startEngineIn(path, plan, importId);
  await engine.ready;
  return engine;
}

async function startEngineIn(path: string, plan: StackPlan, importId: string): Promise<Engine> {
  // Every home leads to the database of the environment.
  if (plan.database === "given") return startOwnEngine(await freeHome(path), () => {});
  for (const place of placesIn(path).filter((folder) => existsSync(join(folder, "secrets.json")))) {
    const opened = await openHome(place);
    if (!("home" in opened)) continue;
    const engine = await startOwnEngine(opened.home, () => {}, importId);
    if (engine) return engine;
  }
  throw new FerryError("import.missing", { id: importId });
}

async function hasImport(databaseUrl: string | undefined, importId: string): Promise<boolean> {
  if (!databaseUrl) return false;
  const session = { side: "metadata", name: "ferry command" } as const;
  return withSession(parseConnectionString(databaseUrl), session, async (client) => {
    const { rowCount } = await client.query("select 1 from imports where id = $1", [importId]);
    return rowCount === 1;
  });
}

async function startOwnEngine(home: Home, meanwhile: () => void): Promise<Engine>;
/** Null, and nothing is left running, if the import is not there. */
async function startOwnEngine(home: Home, meanwhile: () => void, importId: string): Promise<Engine | null>;
async function startOwnEngine(home: Home, meanwhile: () => void, importId?: string): Promise<Engine | null> {
  const unwind = new Unwind();
  unwind.add(() => home.release());
  try {
    const own = await startOwn(home, unwind, meanwhile, importId);
    if (own) return { ready: own.ready, isOwn: true, stop: () => unwind.run() };
    await unwind.run();
    return null;
  } catch (error) {
    await unwind.run();
    throw error;
  }
}

const placesIn = (path: string): string[] => [
  path,
  ...Array.from({ length: MAX_COMMANDS }, (_, index) => join(path, "commands", String(index + 1))),
];

/** The common home, so that the console shows this import later; where it is taken, one of those kept for commands. */
async function freeHome(path: string): Promise<Home> {
  for (const place of placesIn(path)) {
    const opened = await openHome(place);
    if ("home" in opened) return opened.home;
  }
  throw new FerryError("embedded.no_home", { count: MAX_COMMANDS });
}

async function startOwn(
  home: Home,
  unwind: Unwind,
  meanwhile: () => void,
  importId?: string,
): Promise<Pick<Engine, "ready"> | null> {
  const plan = planStack(process.env);
  const secrets = await homeSecrets(home.path);
  const log = openLog(home.log("command"));
  unwind.add(async () => log.close());
  const facts: StackFacts = { keys: process.env.FERRY_KEYS || secrets.keys, databaseUrl: process.env.DATABASE_URL };
  if (plan.database === "embedded") {
    const serversDir = await homeServersDir(home.path);
    const say = (line: string) => log.line(line);
    const servers = new StackServers({ serversDir, secrets, home, log: log.line, say, unwind });
    // An import may be on its way into one of the projects on this machine.
    if (plan.neon === "embedded") {
      facts.neon = (await startStackNeon({ serversDir, secrets, home, say, unwind })) ?? undefined;
    }
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
  // Asked before anything goes on that lies there.
  if (importId !== undefined) {
    await migrated;
    if (!(await hasImport(databaseUrl, importId))) return null;
  }
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
  const { keepEngineLog } = await import("@/lib/engine/client");
  keepEngineLog((text) => log.line(redact(text)));
  const functions = await serveFunctions();
  unwind.add(() => functions.stop());
  const { startRunner } = await loadRunner();
  await migrated;
  const runner = await startRunner({ databaseUrl, port, appUrl: functions.url, signingKey, eventKey, log: log.line });
  unwind.add(() => runner.stop());
  const ready = runner.register().then(() => announce(home, unwind, facts));
  ready.catch(() => {}); // Told to whoever waits for it.
  return { ready };
}

/** From here on other commands can join, to pause the import of this one or to cancel it. */
async function announce(home: Home, unwind: Unwind, facts: StackFacts): Promise<void> {
  const environment = webEnvironment(process.env, facts);
  await writeRunning(home.path, { pid: process.pid, address: null, environment, startedAt: new Date().toISOString() });
  home.announce({ state: "running" });
  await unwind.add(async () => {
    home.announce({ state: "stopping" });
    await removeRunning(home.path);
  });
}

/** Slow to load. */
function loadRunner() {
  const loading = [import("@/lib/embedded/runner"), import("inngest/node")] as const;
  for (const module of loading) module.catch(() => {}); // Whoever needs it is told.
  return loading[0];
}
