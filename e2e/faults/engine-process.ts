import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { newKeyringText } from "@/lib/security/keyring";
import { engineProgram, PROJECT } from "./engine-program";
import type { Answers, Question, Told } from "./engine-words";
import { struckIn } from "./failpoints";

const START_LIMIT_MS = 60_000;
const KEPT_WORDS = 4_000;

interface Asked {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** A Ferry that can be killed and started again: its keys and its port outlive its process. */
export class EngineProcess {
  private child: ChildProcess | null = null;
  private ready: Promise<void> = Promise.reject(new Error("The engine was not started."));
  private turn: Promise<void> = Promise.resolve();
  private readonly asked = new Map<number, Asked>();
  private count = 0;
  /** The last lines that it wrote. */
  words = "";
  /** Of its environment, from its next start on. */
  also: Record<string, string> = {};
  /** Failpoints at which it has been struck since it was started with some. */
  struck: string[] = [];

  get isGone(): boolean {
    return this.child !== null && (this.child.exitCode !== null || this.child.signalCode !== null);
  }

  private constructor(
    private readonly program: string,
    private readonly environment: Record<string, string | undefined>,
  ) {
    this.ready.catch(() => {});
  }

  static async start(databaseUrl: string): Promise<EngineProcess> {
    const { PATH, HOME } = process.env;
    return EngineProcess.startWith({
      ...{ PATH, HOME, FERRY_MODE: "embedded", DATABASE_URL: databaseUrl, FERRY_KEYS: newKeyringText() },
      INNGEST_SIGNING_KEY: randomBytes(32).toString("hex"),
      INNGEST_EVENT_KEY: randomBytes(16).toString("hex"),
    });
  }

  private static async startWith(environment: EngineProcess["environment"]): Promise<EngineProcess> {
    const address = { INNGEST_BASE_URL: `http://127.0.0.1:${await freePort()}` };
    const engine = new EngineProcess(await engineProgram(), { ...environment, ...address });
    engine.launch();
    await engine.ready;
    return engine;
  }

  /** Another process over the same databases, as a platform starts one beside one that does not answer. */
  startBeside(): Promise<EngineProcess> {
    return EngineProcess.startWith(this.environment);
  }

  /** Lets a process go on that stands still. */
  goOn(): void {
    this.child?.kill("SIGCONT");
  }

  /** Asks the process that runs, or the next one when it is just being started. */
  async ask<Q extends Question>(question: Q): Promise<Answers[Q["verb"]]> {
    await this.ready;
    const number = ++this.count;
    return new Promise((resolve, reject) => {
      this.asked.set(number, { resolve: (answer) => resolve(answer as Answers[Q["verb"]]), reject });
      if (this.isGone) return reject(new Error("The engine's process has gone."));
      const { child } = this;
      child?.send({ number, question }, async (error) => {
        if (!error) return;
        // One that dies is deaf before it is gone, and whoever hears of it starts another only when it is.
        if (!this.isGone) await once(child, "exit");
        reject(error);
      });
    });
  }

  /** kill -9, then what is done in between, then the next process. Two at the same time take turns. */
  async replace(between: () => Promise<void> = async () => {}, failpoints = ""): Promise<void> {
    this.turn = this.turn
      .catch(() => {}) // Whoever asked for that one was told.
      .then(async () => {
        await this.kill();
        await between();
        this.launch(failpoints);
        await this.ready;
      });
    return this.turn;
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || this.isGone) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  private launch(failpoints = ""): void {
    if (failpoints !== "") {
      this.words = "";
      this.struck = [];
    }
    const child = spawn(process.execPath, [this.program], {
      cwd: PROJECT,
      env: { ...this.environment, ...this.also, NODE_ENV: "production", FERRY_FAILPOINTS: failpoints },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.child = child;
    if (child.stderr) {
      createInterface({ input: child.stderr }).on("line", (line) => {
        this.words = `${this.words}${line}\n`.slice(-KEPT_WORDS);
        this.struck.push(...struckIn(line));
      });
    }
    this.ready = new Promise((resolve, reject) => {
      const slow = setTimeout(() => reject(new Error("The engine did not start in time.")), START_LIMIT_MS);
      child.on("message", (told: Told) => {
        if ("ready" in told) resolve();
        else this.settle(told);
      });
      child.once("exit", (code, signal) => {
        clearTimeout(slow);
        const error = new Error(`The engine's process ended: ${signal ?? code}.`);
        reject(error);
        for (const { reject: tell } of this.asked.values()) tell(error);
        this.asked.clear();
      });
      child.on("message", () => clearTimeout(slow));
    });
    this.ready.catch(() => {}); // Told to whoever asks next.
  }

  private settle(told: Exclude<Told, { ready: true }>): void {
    const waiting = this.asked.get(told.number);
    this.asked.delete(told.number);
    if ("failure" in told) waiting?.reject(new Error(told.failure));
    else waiting?.resolve(told.answer);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("There is no free port.");
  return address.port;
}
