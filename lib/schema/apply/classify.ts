import { isConnectionLost, isInterrupted, isTransient } from "@/lib/postgres/sqlstate";

/**
 * What a failing entry means. `harmless`: the target is as it should be without it. `degraded`: something is missing
 * that the rest does not need to arrive; verification will name it. `fatal`: rows could not be brought.
 */
export type Severity = "harmless" | "degraded" | "fatal";

/** Without these, rows have nowhere to go. */
const CARRIES_ROWS = new Set(["SCHEMA", "SHELL TYPE", "TYPE", "DOMAIN", "SEQUENCE", "TABLE", "TABLE ATTACH"]);
const REMARKS = new Set(["COMMENT", "SECURITY LABEL", "DATABASE PROPERTIES"]);
const SHARED = new Set(["SCHEMA", "EXTENSION", "ROLE", "PROCEDURAL LANGUAGE"]);
/** Already there: a schema, or any other object. */
const DUPLICATE = new Set(["42P06", "42710"]);
/** Says nothing about the entry: resources, and the machine below. */
const NOT_ABOUT_THE_ENTRY = /^(53|58)/;

export function classify(sqlstate: string, { kind, bestEffort }: { kind: string; bestEffort: boolean }): Severity {
  if (DUPLICATE.has(sqlstate) && SHARED.has(kind)) return "harmless";
  if (bestEffort && REMARKS.has(kind)) return "harmless";
  return CARRIES_ROWS.has(kind) && !bestEffort ? "fatal" : "degraded";
}

/** True when the same entry may succeed the next time: then the whole unit is tried again. */
export function isWorthRetrying(error: unknown, sqlstate: string): boolean {
  return isConnectionLost(error) || isTransient(error) || isInterrupted(error) || NOT_ABOUT_THE_ENTRY.test(sqlstate);
}
