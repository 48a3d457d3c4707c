import type { Client } from "pg";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import { classify, isWorthRetrying, type Severity } from "./classify";
import { inPieces } from "./pieces";

export type { Severity } from "./classify";

export interface EntryStatement {
  id: number;
  kind: string;
  subject: string;
  statement: string;
  bestEffort: boolean;
}

/** An entry that the target refused, with the server's words. */
export interface EntryFailure {
  id: number;
  kind: string;
  subject: string;
  severity: Severity;
  sqlstate: string;
  reason: string;
}

export interface ApplyOutcome {
  /** False when an entry failed without which rows cannot come: then nothing of the batch is there. */
  committed: boolean;
  failures: EntryFailure[];
}

/** As at the head of a dump: nothing is found by search path, and bodies are not checked before all is there. */
export const DUMP_SETTINGS = `
  set local search_path = '';
  set local check_function_bodies = off;
  set local client_min_messages = warning;
  set local xmloption = content;
  set local standard_conforming_strings = on;
  set local default_tablespace = '';
  set local default_table_access_method = heap;`;

/**
 * Applies a batch in one transaction together with its ledger row, in one round trip when all goes well. An error
 * that is not about an entry (a lost connection, a full disk) is thrown, and nothing is changed.
 */
export async function applyEntries(batch: {
  client: Client;
  statements: readonly EntryStatement[];
  ledgerRow: (client: Client) => Promise<void>;
}): Promise<ApplyOutcome> {
  const { client, statements, ledgerRow } = batch;
  await client.query("begin");
  try {
    await ledgerRow(client);
    const failures = await applyInTransaction(client, statements);
    const committed = !failures.some(({ severity }) => severity === "fatal");
    await client.query(committed ? "commit" : "rollback");
    return { committed, failures };
  } catch (error) {
    // On a lost connection the server rolls back by itself, and this fails as well.
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

/**
 * The same within a transaction of the caller's, who must not commit when one of the failures is fatal. Every entry
 * is tried, so that one that fails hides no other.
 */
export async function applyInTransaction(
  client: Client,
  statements: readonly EntryStatement[],
  /** Said before the first of them, for the transaction. */
  settings = "",
): Promise<EntryFailure[]> {
  const failures: EntryFailure[] = [];
  await client.query(`${DUMP_SETTINGS} ${settings} savepoint ferry;`);
  // After an error only this is heard, and a message that does not parse leaves it unsaid: so it leads the next one.
  let recovery = "";
  const open = inPieces(statements.filter(({ statement }) => statement.trim() !== "")).reverse();
  for (let piece = open.pop(); piece; piece = open.pop()) {
    const texts = piece.map(({ statement }) => `${statement}\n;`).join("\n");
    try {
      await client.query(`${recovery} ${texts} release savepoint ferry; savepoint ferry;`);
      recovery = "";
    } catch (error) {
      const sqlstate = sqlstateOf(error);
      if (sqlstate === null || isWorthRetrying(error, sqlstate)) throw error;
      recovery = "rollback to savepoint ferry;";
      const [first] = piece;
      if (piece.length === 1 && first) failures.push(failureOf(first, sqlstate, error));
      else open.push(piece.slice(piece.length >> 1), piece.slice(0, piece.length >> 1));
    }
  }
  if (recovery !== "") await client.query(recovery);
  return failures;
}

/** What the server's refusal of an entry means; null for an error that is not about it. */
export function entryFailure(statement: EntryStatement, error: unknown): EntryFailure | null {
  const sqlstate = sqlstateOf(error);
  return sqlstate === null || isWorthRetrying(error, sqlstate) ? null : failureOf(statement, sqlstate, error);
}

function failureOf(statement: EntryStatement, sqlstate: string, error: unknown): EntryFailure {
  const { id, kind, subject } = statement;
  const detail = (error as { detail?: unknown }).detail;
  const reason = typeof detail === "string" ? `${messageOf(error)} (${detail})` : messageOf(error);
  return { id, kind, subject, severity: classify(sqlstate, statement), sqlstate, reason };
}

const MOST_NAMED = 5;

/** The error that stops an import, or null when it can go on. It names the first fatal entry, and what else failed. */
export function refusal(failures: readonly EntryFailure[]): FerryError | null {
  const fatal = failures.filter(({ severity }) => severity === "fatal");
  const [first] = fatal;
  if (!first) return null;
  const degraded = failures.filter(({ severity }) => severity === "degraded");
  // The first that failed may be why a later one did: so the order is kept within each.
  const others = [...fatal.slice(1), ...degraded].map(
    ({ kind, subject, reason }) => `; ${kind.toLowerCase()} ${subject}: ${reason}`,
  );
  const more = others.length > MOST_NAMED ? `; and ${others.length - MOST_NAMED} more` : "";
  const { kind, subject, sqlstate } = first;
  const reason = [first.reason, ...others.slice(0, MOST_NAMED), more].join("");
  return new FerryError("schema.entry_failed", { kind: kind.toLowerCase(), subject, sqlstate, reason });
}
