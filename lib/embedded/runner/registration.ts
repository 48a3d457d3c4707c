import type { Pool } from "pg";
import { messageOf } from "@/lib/errors/ferry-error";
import { type App, syncApp } from "./app";
import { Doorbell } from "./doorbell";
import { nthDelay } from "./duration";
import type { FunctionConfig } from "./protocol";
import { replaceFunctions } from "./store/functions";
import { retryUnreachable } from "./store/jobs";

interface RegistrationOptions {
  pool: Pool;
  app: App;
  log: (line: string) => void;
  /** The app's functions are known, and it answers. */
  onRegistered: () => void;
}

/**
 * Keeps the app's functions known: asks until it answers, again when it could not be reached, and now and
 * then in case it came back with others.
 */
export class Registration {
  private readonly bell = new Doorbell();
  private readonly stopping = new AbortController();
  private waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  private loop: Promise<void> | null = null;
  private refusal: string | null = null;

  constructor(private readonly options: RegistrationOptions) {}

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.bell.ring();
    await this.loop;
    this.settle(new Error("The runner was stopped."));
  }

  /** Registers now; resolves once the app has answered, and rejects when what it answers will not do. */
  register(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.bell.ring();
    });
  }

  /** The app did not answer a call: it may come back as another. */
  suspect(): void {
    this.bell.ring();
  }

  /** What the app sent by itself, or answered. */
  async accept(functions: FunctionConfig[]): Promise<boolean> {
    const { pool, log, onRegistered } = this.options;
    const isChanged = await replaceFunctions(pool, functions);
    await retryUnreachable(pool);
    this.refusal = null;
    if (isChanged) log(`Functions registered: ${functions.map(({ id }) => id).join(", ")}`);
    onRegistered();
    return isChanged;
  }

  private async run(): Promise<void> {
    const { registerDelaysMs, resyncMs } = this.options.app.tuning;
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      const isKnown = await this.attempt();
      failures = isKnown ? 0 : failures + 1;
      // Between failures only time helps: calls that fail meanwhile must not turn this into a busy loop.
      if (isKnown) await this.bell.sleep(resyncMs);
      else await this.pause(nthDelay(registerDelaysMs, failures - 1));
    }
  }

  private async attempt(): Promise<boolean> {
    const { app, log } = this.options;
    const asking = this.waiting;
    this.waiting = [];
    try {
      const sync = await syncApp(app, this.stopping.signal);
      if (sync.kind === "functions") {
        await this.accept(sync.functions);
        for (const { resolve } of asking) resolve();
        return true;
      }
      if (sync.kind === "refused") {
        if (this.refusal !== sync.reason) log(`The app at ${app.url} cannot be registered: ${sync.reason}`);
        this.refusal = sync.reason;
        for (const { reject } of asking) reject(new Error(`The app cannot be registered: ${sync.reason}`));
        return false;
      }
    } catch (error) {
      log(`The app's functions cannot be stored yet: ${messageOf(error)}`);
    }
    this.waiting.unshift(...asking);
    return false;
  }

  private async pause(durationMs: number): Promise<void> {
    const { signal } = this.stopping;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, durationMs);
      signal.addEventListener("abort", end);
      if (signal.aborted) end();
    });
  }

  private settle(error: Error): void {
    for (const { reject } of this.waiting) reject(error);
    this.waiting = [];
  }
}
