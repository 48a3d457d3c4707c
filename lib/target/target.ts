import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

/** Where an import lands. `neon` joins these with its own part of the contract. */
export type TargetChoice = { kind: "local" } | { kind: "url"; spec: ConnectionSpec };

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
  /** Tables, views, sequences, functions and types that are there already; an empty database has none. */
  objects: string[];
  largeObjects: number;
}

/** One contract for every place an import may land. All calls may be repeated: after a crash they find what they made. */
export interface Target {
  /** Where the place can be asked what it is able to take, before there is a database of the import's own. */
  askAt: ConnectionSpec;
  /** Facts of the place before there is a database of the import's own. */
  describe(): Promise<TargetFacts>;
  /** Makes the place ready and says how to reach it. */
  prepare(): Promise<ConnectionSpec>;
  /** Takes away what `prepare` made; a database that was the user's before is left alone. */
  discard(): Promise<void>;
}
