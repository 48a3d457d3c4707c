import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Pool } from "pg";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { type Runner, type RunnerOptions, startRunner, type Tuning } from "../index";
import { newKey, QUICK } from "./engine";
import { type Ended, eventually, observed } from "./harness";
import { type Define, TestApp } from "./test-app";

/** What the runners of one test have in common. */
export type Shared = Omit<RunnerOptions, "tuning"> & { tuning: Partial<Tuning> };

export interface RunnerProcess {
  url: string;
  child: ChildProcess;
  /** As `kill -9` does. */
  kill(): Promise<void>;
}

type Sender = ReturnType<TestApp["serve"]>;

/** A test's own app and database, on which it starts and ends runners as it likes. */
export class Scene {
  readonly log: string[] = [];
  readonly pool: Pool;
  private readonly runners = new Set<{ stop(): Promise<void> }>();
  private client: Sender | null = null;

  private constructor(
    readonly name: string,
    readonly app: TestApp,
    readonly options: Shared,
    private readonly database: TestDatabase,
    private define: Define,
  ) {
    this.pool = new Pool({ connectionString: database.url, max: 2 });
    this.pool.on("error", () => {});
  }

  static async open(name: string, define: Define, tuning: Partial<Tuning> = {}): Promise<Scene> {
    const app = await TestApp.open();
    const database = await (await testServer(18)).createDatabase(name);
    const keys = { signingKey: newKey(), eventKey: newKey() };
    const shared = { databaseUrl: database.url, port: 0, appUrl: app.url, ...keys };
    return new Scene(name, app, { ...shared, tuning: { ...QUICK, ...tuning } }, database, define);
  }

  /** A runner in this process. The app serves its functions to the runner that started last. */
  async start(more: Partial<RunnerOptions> = {}): Promise<Runner> {
    const runner = await startRunner({ ...this.options, ...more, log: (line) => this.log.push(line) });
    this.runners.add(runner);
    this.meet(runner.url);
    return runner;
  }

  /** A runner that knows the app's functions. */
  async startRegistered(more: Partial<RunnerOptions> = {}): Promise<Runner> {
    const runner = await this.start(more);
    await runner.register();
    return runner;
  }

  /** A runner in a process of its own, which may be killed. */
  async startProcess(): Promise<RunnerProcess> {
    const runner = await startProcess(this.options);
    this.runners.add({ stop: () => runner.kill() });
    this.meet(runner.url);
    return runner;
  }

  async stopRunners(): Promise<void> {
    const runners = [...this.runners];
    this.runners.clear();
    await Promise.all(runners.map((runner) => runner.stop()));
  }

  meet(url: string, define = this.define): void {
    this.define = define;
    this.client = this.app.serve(this.name, { ...this.options, url }, observed(define));
  }

  async send(event: string, more: Record<string, unknown> = {}): Promise<{ key: string; id: string }> {
    const key = randomUUID();
    const sent = await this.client?.send({ name: `${this.name}/${event}`, data: { key, ...more } });
    return { key, id: sent?.ids[0] ?? "" };
  }

  ended(id: string): Promise<Ended> {
    return this.app.probe.first(`ended ${id}`) as Promise<Ended>;
  }

  async run(event: string): Promise<Ended> {
    return this.ended((await this.send(event)).id);
  }

  counts(key: string, ...names: string[]): number[] {
    return names.map((name) => this.app.probe.count(`${key} ${name}`));
  }

  async query(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.pool.query(text, values)).rows;
  }

  /** The first row, as soon as there is one. */
  row(text: string): Promise<Record<string, unknown>> {
    return eventually(async () => (await this.query(text))[0], text);
  }

  async close(): Promise<void> {
    await this.stopRunners();
    await this.app.down();
    await this.pool.end();
    await this.database.drop();
  }
}

async function startProcess(options: Shared): Promise<RunnerProcess> {
  const script = fileURLToPath(new URL("runner-process.ts", import.meta.url));
  const child = fork(script, [JSON.stringify(options)], { execArgv: ["--import", "tsx"] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve((message as { url: string }).url));
    child.once("exit", (code) => reject(new Error(`the runner ended with ${code}`)));
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    url,
    child,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
