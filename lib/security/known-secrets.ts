import { secretPattern } from "./secret-pattern";

/** A password that this process has opened, with what finds it in a text. */
export interface KnownSecret {
  secret: string;
  pattern: RegExp;
  /** How many sessions have it open. */
  holders: number;
  usedAt: number;
}

/** Shorter ones would blank out ordinary words; URL and key=value forms are caught by pattern all the same. */
const SHORTEST = 4;

/** Longer than the longest step: whoever opened one without holding it has ended by then. */
const KEPT_MS = 6 * 3_600_000;

/** Each costs a search in every line that is logged. Of those that nobody holds the oldest go first. */
export const MOST_KNOWN = 500;

/**
 * What `redact` looks for. A secret is known from its first use until hours after its last one, and for as long as a
 * session has it open, however many others come.
 */
export class KnownSecrets {
  private readonly secrets = new Map<string, KnownSecret>();
  /** Longest first, so that none hides a piece of another. */
  private sorted: readonly KnownSecret[] = [];
  private nextToGo = Number.POSITIVE_INFINITY;

  remember(secret: string | null | undefined, holders = 0): KnownSecret | null {
    if (!secret || secret.length < SHORTEST) return null;
    const now = Date.now();
    const found = this.secrets.get(secret) ?? { secret, pattern: secretPattern(secret), holders: 0, usedAt: now };
    found.usedAt = now;
    found.holders += holders;
    // The order of the map is that of last use.
    const isNew = !this.secrets.delete(secret);
    this.secrets.set(secret, found);
    if (isNew) this.tidy(now);
    return found;
  }

  /** Until the returned function is called they are not forgotten. */
  hold(secrets: readonly string[]): () => void {
    const held = secrets.map((secret) => this.remember(secret, 1)).filter((one) => one !== null);
    return () => {
      for (const { secret } of held.splice(0)) this.remember(secret, -1);
    };
  }

  longestFirst(): readonly KnownSecret[] {
    const now = Date.now();
    if (now > this.nextToGo) this.tidy(now);
    return this.sorted;
  }

  private tidy(now: number): void {
    let spare = this.secrets.size - MOST_KNOWN;
    this.nextToGo = now + KEPT_MS;
    for (const { secret, holders, usedAt } of this.secrets.values()) {
      if (holders > 0 || usedAt === now) continue;
      if (spare > 0 || now - usedAt > KEPT_MS) {
        this.secrets.delete(secret);
        spare -= 1;
      } else {
        this.nextToGo = Math.min(this.nextToGo, usedAt + KEPT_MS);
      }
    }
    this.sorted = [...this.secrets.values()].sort((a, b) => b.secret.length - a.secret.length);
  }
}

/** Kept on globalThis: routes, pages and the proxy are bundles of their own in one process. */
const shared = globalThis as typeof globalThis & { ferrySecrets?: KnownSecrets };

export function knownSecrets(): KnownSecrets {
  shared.ferrySecrets ??= new KnownSecrets();
  return shared.ferrySecrets;
}
