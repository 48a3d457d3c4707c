import { availableParallelism } from "node:os";
import { join } from "node:path";
import { migrate } from "@/lib/db/migrate";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import type { Home } from "./home";
import { removeRunning, writeRunning } from "./home-running";
import { homeSecrets } from "./home-secrets";
import { homeServersDir } from "./home-servers";
import { listening } from "./listening";
import { openLog } from "./part-log";
import { type StackNeon, type StackNeonOptions, startStackNeon } from "./stack-neon";
import { planStack, type StackFacts, type StackPlan, webEnvironment } from "./stack-plan";
import { StackServers } from "./stack-servers";
import { startWeb } from "./stack-web";
import { Unwind } from "./unwind";
import { webPort } from "./web-port";

/** With many more steps at once than processors, a page would wait as well. */
const LEAST_WORK_AT_ONCE = 2;

export interface StackOptions {
  projectDir: string;
  home: Home;
  mode: "production" | "development";
  environment: Readonly<Record<string, string | undefined>>;
  /** One line for the person at the terminal, for what takes longer than a blink. */
  say: (line: string) => void;
}

export interface Stack {
  /** Resolves when a page answers. */
  started: Promise<StackReport>;
  /** Stops all that was started, in order; also in the middle of starting. */
  stop(): Promise<void>;
}

export interface StackReport {
  plan: StackPlan;
  address: string;
  homePath: string;
  /** Where the embedded servers keep their data, if there are any. */
  serversDir: string | null;
  /** What the web process was given. */
  environment: Readonly<Record<string, string>>;
}

/** Starts everything of an embedded Ferry, in the order in which the parts need each other. */
export function startStack(options: StackOptions): Stack {
  const unwind = new Unwind();
  const started = start(options, unwind);
  const settled = started.catch(() => {});
  return {
    started,
    stop: async () => {
      options.home.announce({ state: "stopping" });
      try {
        await unwind.run();
      } finally {
        await settled;
      }
    },
  };
}

async function start(options: StackOptions, unwind: Unwind): Promise<StackReport> {
  const { home, environment, projectDir, mode } = options;
  const plan = planStack(environment);
  const { host, reach } = listening(environment, plan.engine === "embedded");
  const log = openLog(home.log("ferry"));
  await unwind.add(async () => log.close());
  // Its libraries take longer to load than the servers to start: both at once.
  const runnerRoom = plan.engine === "embedded" ? import("./runner") : null;
  runnerRoom?.catch(() => {}); // Awaited below, if the start gets there.
  log.line("Ferry starts.");
  const secrets = await homeSecrets(home.path);
  const port = await webPort(environment.PORT, join(home.path, "web.port"));
  const address = `http://${reach}:${port}`;

  const needsServers = plan.database === "embedded" || plan.neon === "embedded" || plan.demo;
  const serversDir = needsServers ? await homeServersDir(home.path) : null;
  const neonStarting = startNeon(plan, serversDir, { secrets, home, say: options.say, unwind });
  neonStarting.catch(() => {}); // Awaited below, if the start gets there.
  const servers = new StackServers({ serversDir, secrets, home, log: log.line, say: options.say, unwind });
  const demoStarting = plan.demo ? servers.startDemo() : null;
  const own = plan.database === "embedded" ? await servers.startOwn().finally(() => demoStarting) : null;
  const demo = await demoStarting;
  const facts: StackFacts = {
    keys: environment.FERRY_KEYS || secrets.keys,
    databaseUrl: environment.DATABASE_URL || own?.databaseUrl,
    localTargetUrl: own?.localTargetUrl,
    demoSourceUrl: demo?.demoUrl,
    files: demo ? { url: demo.filesUrl, folder: join(home.path, "files") } : undefined,
  };
  const neon = await neonStarting;
  if (neon) facts.neon = neon;
  log.line("The servers answer.");
  const databaseUrl = facts.databaseUrl as string;
  await migrate(databaseUrl).catch((error) => {
    if (plan.database === "embedded") throw error;
    throw new FerryError("embedded.database_unusable", { reason: redact(messageOf(error)) }, { cause: error });
  });
  log.line("The metadata database has its newest form.");

  if (runnerRoom) {
    const { startRunner } = await runnerRoom;
    const { signingKey, eventKey } = secrets;
    const runnerLog = openLog(home.log("runner"));
    const appUrl = `${address}/api/inngest`;
    const runner = await startRunner({ databaseUrl, port: 0, appUrl, signingKey, eventKey, log: runnerLog.line });
    await unwind.add(async () => {
      await runner.stop();
      runnerLog.close();
    });
    facts.engine = { url: runner.url, signingKey, eventKey };
    facts.workAtOnce = Math.max(LEAST_WORK_AT_ONCE, availableParallelism());
    log.line(`The runner listens at ${runner.url}.`);
  }

  const webVariables = webEnvironment(environment, facts);
  const web = await startWeb(
    { projectDir, mode, host, reach, port, environment: webVariables, logPath: home.log("web"), log: log.line },
    unwind.signal,
  );
  await unwind.add(() => web.stop());

  const startedAt = new Date().toISOString();
  await writeRunning(home.path, { pid: process.pid, address, environment: webVariables, startedAt });
  await unwind.add(() => removeRunning(home.path));
  home.announce({ state: "running", address });
  // Not before: until a page answers, the processors are the web app's.
  neon?.wake();
  log.line(`Ferry runs at ${address}.`);
  return { plan, address, homePath: home.path, serversDir, environment: webVariables };
}

async function startNeon(
  plan: StackPlan,
  serversDir: string | null,
  options: Omit<StackNeonOptions, "serversDir">,
): Promise<StackNeon | null> {
  return plan.neon === "embedded" && serversDir ? startStackNeon({ serversDir, ...options }) : null;
}
