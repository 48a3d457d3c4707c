import type { Client } from "pg";
import { explain, toStored } from "@/lib/errors/describe";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { answered, closeSession, openSession } from "@/lib/postgres/session";
import { isConnectionLost, sqlstateOf } from "@/lib/postgres/sqlstate";
import type { Reading } from "@/lib/preflight/facts";

export interface ReaderLimits {
  /** How long one question may take. */
  questionMs: number;
  /** How long it may wait for a lock that somebody else has. */
  lockMs: number;
  /** How long all of them may take together. */
  allMs: number;
}

export const READER_LIMITS: ReaderLimits = { questionMs: 10_000, lockMs: 1_000, allMs: 40_000 };

/** Past its limit a server has cancelled a statement itself, unless it does not answer at all. */
const GRACE_MS = 2_000;
const LOCK_NOT_AVAILABLE = "55P03";
const CANCELLED = "57014";

/** In one round trip. A plan of many catalogues is dear by its cost and not worth compiling. */
const setUp = ({ questionMs, lockMs }: ReaderLimits): string => `
  set statement_timeout = ${questionMs}; set lock_timeout = ${lockMs};
  select set_config(name, 'off', false) from pg_catalog.pg_settings where name = 'jit'`;

/**
 * Asks the source one question after the other on one session. A question that fails, or is not answered in time, is
 * told as such and leaves the session to the next; a session that is gone is opened anew.
 */
export class SourceReader {
  private client: Client | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private readonly endsAt: number;

  private constructor(
    private readonly source: ConnectionSpec,
    readonly limits: ReaderLimits,
  ) {
    this.endsAt = performance.now() + limits.allMs;
  }

  /** Rejects where the source cannot be reached. */
  static async open(source: ConnectionSpec, limits = READER_LIMITS): Promise<SourceReader> {
    const reader = new SourceReader(source, limits);
    try {
      await reader.session();
      return reader;
    } catch (error) {
      await reader.drop();
      throw error;
    }
  }

  /** What the session has been told itself, as `name=milliseconds`. */
  get ownTimeouts(): string[] {
    const { questionMs, lockMs } = this.limits;
    return [`statement_timeout=${questionMs}`, `lock_timeout=${lockMs}`];
  }

  ask<T>(question: (client: Client) => Promise<T>): Promise<Reading<T>> {
    const answer = this.last.then(() => this.answer(question, true));
    this.last = answer;
    return answer;
  }

  async close(): Promise<void> {
    await this.drop();
  }

  private async answer<T>(question: (client: Client) => Promise<T>, mayRepeat: boolean): Promise<Reading<T>> {
    if (performance.now() > this.endsAt) {
      return { unknown: `the source took more than ${this.limits.allMs / 1000} seconds for what was asked before` };
    }
    try {
      const client = await this.session();
      return { value: await inTime(question(client), this.limits.questionMs + GRACE_MS) };
    } catch (error) {
      const state = sqlstateOf(error);
      // Somebody has locked what was about to be looked at; asked again, the question knows of it.
      if (state === LOCK_NOT_AVAILABLE && mayRepeat) return this.answer(question, false);
      if (isConnectionLost(error) || error instanceof NoAnswer) await this.drop();
      if (state === CANCELLED || error instanceof NoAnswer) {
        return { unknown: `the source gave no answer within ${this.limits.questionMs / 1000} seconds` };
      }
      return { unknown: wordsOf(error) };
    }
  }

  private async session(): Promise<Client> {
    if (this.client) return this.client;
    const client = await openSession(this.source, { side: "source", name: "ferry checks" });
    this.client = client;
    await answered(this.source, "source", this.limits.questionMs + GRACE_MS, client.query(setUp(this.limits)));
    return client;
  }

  private async drop(): Promise<void> {
    const { client } = this;
    this.client = null;
    if (client) await closeSession(client);
  }
}

class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

export async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`there was no answer within ${limitMs / 1000} seconds`)), limitMs);
  });
  work.catch(() => {}); // After the deadline nobody waits for it.
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a person reads of an error that only kept something from being checked. */
export function wordsOf(error: unknown): string {
  const stored = toStored(error);
  return stored.code === "internal" ? String(stored.context.reason) : explain(stored).what;
}
