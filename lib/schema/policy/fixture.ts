import { addedEntry } from "../added-entry";
import type { Archive, ArchiveEntry } from "../archive";
import type { PolicyContext, PolicyTarget, Verdict } from "./context";
import { decide } from "./decide";

/** Entries for tests. What they need is given by name; of several entries of one name the first is meant. */
export function archiveOf(given: readonly (Partial<ArchiveEntry> & { needs?: readonly string[] })[]): Archive {
  const ids = new Map(given.map(({ name }, index): [string, number] => [name ?? "", index + 1]).reverse());
  const entries = given.map(({ needs = [], ...entry }, index) =>
    addedEntry({
      kind: "TABLE",
      name: "",
      statement: `CREATE ${entry.kind ?? "TABLE"};`,
      ...entry,
      id: index + 1,
      dependencies: needs.map((name) => ids.get(name) ?? 0),
    }),
  );
  return { entries, serverVersion: "17.1", dumpVersion: "18.3" };
}

export const target: PolicyTarget = {
  versionNumber: 170_005,
  database: "arrived",
  user: "importer",
  isSuperuser: false,
  mayCreateRoles: true,
  isNeon: false,
  extensions: [
    { name: "citext", defaultVersion: "1.6", versions: ["1.5", "1.6"], installed: null, trusted: true },
    { name: "postgres_fdw", defaultVersion: "1.1", versions: ["1.1"], installed: null, trusted: false },
  ],
  roles: [
    { name: "importer", membership: "member" },
    { name: "reader", membership: "member" },
    { name: "joinable", membership: "possible" },
    { name: "postgres", membership: "none" },
  ],
  schemas: ["public"],
  languages: [
    { name: "c", trusted: false },
    { name: "internal", trusted: false },
    { name: "plpgsql", trusted: true },
    { name: "sql", trusted: true },
  ],
  accessMethods: ["heap"],
  settings: ["search_path", "work_mem", "TimeZone", "pg_trgm.similarity_threshold"],
};

export type ContextChanges = Partial<Omit<PolicyContext, "target">> & { target?: Partial<PolicyTarget> };

export function contextOf(changes: ContextChanges = {}): PolicyContext {
  return {
    filter: { schemas: [], tables: [], excludeTables: [] },
    ownership: { mode: "none" },
    provider: null,
    ...changes,
    target: { ...target, ...changes.target },
  };
}

/** The verdicts on entries, by name; of several entries of one name the first is meant. */
export function verdictsOn(archive: Archive, changes: ContextChanges = {}): Map<string, Verdict> {
  const verdicts = decide(archive, contextOf(changes));
  return new Map(verdicts.map((verdict): [string, Verdict] => [verdict.entry.name, verdict]).reverse());
}
