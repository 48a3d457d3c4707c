import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

export type TargetKind = "local" | "url" | "neon";

/** What a target says of itself before anything is changed. */
export interface TargetFacts {
  versionNumber: number;
  version: string;
  versionText: string;
  database: string;
  user: string;
  isSuperuser: boolean;
  mayCreateSchemas: boolean;
  encoding: string;
  /** What text is ordered by; null where it is not settled yet. */
  locale: string | null;
  /** The host as it was named; null where it is this Ferry's own. */
  host: string | null;
  /** How much a branch may hold, where that is limited; null elsewhere. */
  sizeLimitBytes: number | null;
  usedBytes: number;
  systemIdentifier: string | null;
  /** How many branches the project has and may have; null where there are none, or where this import's is made. */
  branches: { used: number; limit: number } | null;
  /** Tables, views, sequences, functions and types that are there already; an empty database has none. */
  objects: string[];
  largeObjects: number;
}

/** How the place is reached once it is ready. */
export interface TargetAddresses {
  /** The server itself: what the import works on. */
  direct: ConnectionSpec;
  /** Through the place's own pooler, for applications; null where there is none. */
  pooled: ConnectionSpec | null;
}

/**
 * One contract for every place an import may land. All calls may be repeated: after a crash they find what they made.
 * What a place has no notion of it refuses with `target.cannot`.
 */
export interface Target {
  kind: TargetKind;
  /**
   * Where the place can be asked what it is able to take, before there is a database of the import's own; null where
   * nobody can be asked yet, in a project of Neon that is not made.
   */
  askAt(): Promise<ConnectionSpec | null>;
  /** Facts of the place before there is a database of the import's own. */
  describe(): Promise<TargetFacts>;
  /** Makes the place ready and says how to reach it. Begins nothing more after `endsAt`, and goes on when called again. */
  prepare(limit?: PrepareLimit): Promise<ConnectionSpec>;
  addresses(): Promise<TargetAddresses>;
  /** Takes back what only the import's work needed, such as a larger compute. */
  release(): Promise<void>;
  /** Makes it what the project answers with. */
  promote(): Promise<void>;
  rename(name: string): Promise<void>;
  /** Takes away what `prepare` made; a database that was the user's before is left alone. */
  discard(): Promise<void>;
}

export interface PrepareLimit {
  /** By `Date.now()`. */
  endsAt?: number;
}
