import { createHash } from "node:crypto";

/** How often somebody may ask for something within a window. What is dear, or can be guessed, is asked for seldom. */
export const LIMITS = {
  /** Signing in and up: passwords are guessed here. */
  login: { times: 10, seconds: 300 },
  /** Each opens connections to a server that somebody names. */
  connect: { times: 20, seconds: 60 },
  checks: { times: 30, seconds: 60 },
  /** Tokens of 256 bits are not guessed; who tries is slowed all the same. */
  share: { times: 120, seconds: 60 },
  /** Slices of files, of 8 MB at most: no faster than a disk. */
  upload: { times: 3_000, seconds: 60 },
  /** Everything else of the HTTP API, and actions of pages. */
  api: { times: 600, seconds: 60 },
} as const;

export type LimitedAction = keyof typeof LIMITS;

/** Who asks, as far as it is known. Each is counted by itself, and the fullest count decides. */
export interface Asker {
  /** Of the network, as `clientAddress` tells it. */
  address?: string | null;
  user?: string | null;
  /** Anything else that is to be counted by itself, such as the name that somebody tries to sign in with. */
  subject?: string | null;
}

export interface RateStore {
  /** Counts one more for each key, in a window of that length, and returns the highest count. */
  count(keys: readonly string[], seconds: number): Promise<{ highest: number; secondsLeft: number }>;
}

/** Digests, in one order: what is stored names nobody, and two statements never wait for each other. */
export function keysOf(action: LimitedAction, asker: Asker): string[] {
  const parts = Object.entries(asker).filter(([, value]) => Boolean(value));
  return parts.map(([name, value]) => digest(`${action}\n${name}\n${value}`)).sort();
}

const digest = (text: string) => createHash("sha256").update(text).digest("base64url");

/** For how many seconds it is to be left alone; null if it may be done now. */
export async function secondsToWait(
  store: RateStore,
  action: LimitedAction,
  asker: Asker,
  factor = 1,
): Promise<number | null> {
  const { times, seconds } = LIMITS[action];
  const keys = keysOf(action, asker);
  if (keys.length === 0) return null;
  const { highest, secondsLeft } = await store.count(keys, seconds);
  return highest > times * factor ? Math.max(1, Math.ceil(secondsLeft)) : null;
}

/** More askers than this are not told apart by one process: the oldest are forgotten. */
const MOST_KEYS = 10_000;

/** For one process that serves one machine. */
export class MemoryRates implements RateStore {
  private readonly counts = new Map<string, { began: number; count: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  async count(keys: readonly string[], seconds: number): Promise<{ highest: number; secondsLeft: number }> {
    const at = this.now() / 1_000;
    const began = Math.floor(at / seconds) * seconds;
    let highest = 0;
    for (const key of keys) {
      const known = this.counts.get(key);
      const count = known?.began === began ? known.count + 1 : 1;
      this.counts.delete(key);
      this.counts.set(key, { began, count });
      highest = Math.max(highest, count);
    }
    for (const [oldest] of this.counts) {
      if (this.counts.size <= MOST_KEYS) break;
      this.counts.delete(oldest);
    }
    return { highest, secondsLeft: began + seconds - at };
  }
}
