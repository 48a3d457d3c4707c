import { quoteIdentifier } from "@/lib/postgres/quote";

export interface TableName {
  schema: string;
  name: string;
}

export interface DumpScope {
  /** Of a transaction that stays open elsewhere; without one pg_dump takes its own. */
  snapshot?: string;
  excludeSchemas?: readonly string[];
  /** Tables that the session may not lock, for example. What hangs on them goes with them. */
  excludeTables?: readonly TableName[];
  /** How long pg_dump waits for a lock on a table before it names the table and gives up. */
  lockTimeoutMs: number;
  serverEncoding: string;
}

/**
 * Everything is asked for, owners, grants and tablespaces too: the policy decides, and what it leaves out is listed.
 * Verbose, since only then are object ids and dependencies printed.
 */
export function dumpArguments(scope: DumpScope): string[] {
  return [
    "--verbose",
    "--schema-only",
    "--format=custom",
    "--compress=none",
    "--no-password",
    // A server without an encoding converts nothing, and refuses to send what is not UTF-8 without saying where.
    `--encoding=${scope.serverEncoding === "SQL_ASCII" ? "SQL_ASCII" : "UTF8"}`,
    `--lock-wait-timeout=${scope.lockTimeoutMs}`,
    ...(scope.snapshot ? [`--snapshot=${scope.snapshot}`] : []),
    ...(scope.excludeSchemas ?? []).map((schema) => `--exclude-schema=${quoteIdentifier(schema)}`),
    ...(scope.excludeTables ?? []).map(
      ({ schema, name }) => `--exclude-table=${quoteIdentifier(schema)}.${quoteIdentifier(name)}`,
    ),
  ];
}
