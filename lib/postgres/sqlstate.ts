import { constants } from "node:os";

/** SQLSTATE of a server's error, or null when the error is not a server's: `EPIPE` has five letters too. */
export function sqlstateOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !(code in constants.errno) ? code : null;
}

const LOST_NODE_CODES = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "ECONNREFUSED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** Shut down, crashed, starting, too many, and the three time limits that end a session. */
const LOST_SQLSTATES = new Set(["57P01", "57P02", "57P03", "53300", "57P05", "25P03", "25P04"]);

/** True when the session is gone and the same work may succeed on a new one. */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlstateOf(error);
  if (state) return state.startsWith("08") || LOST_SQLSTATES.has(state);
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string" && LOST_NODE_CODES.has(code)) return true;
  return (
    error instanceof Error &&
    /Connection terminated|Client has encountered a connection error|not queryable/i.test(error.message)
  );
}

/** Cancelled by somebody, out of memory, locked for longer than a limit allows, or read-only while a standby takes over. */
const INTERRUPTED_SQLSTATES = new Set(["57014", "53200", "55P03", "25006"]);

/** True when the server has nothing against the statement, and broke it off all the same. */
export function isInterrupted(error: unknown): boolean {
  return INTERRUPTED_SQLSTATES.has(sqlstateOf(error) ?? "");
}

/** True when the server asks for the same transaction again: serialisation failure or deadlock. */
export function isTransient(error: unknown): boolean {
  return ["40001", "40P01"].includes(sqlstateOf(error) ?? "");
}
