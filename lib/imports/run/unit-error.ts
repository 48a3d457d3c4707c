import type { Disposition, ErrorCode } from "@/lib/errors/catalogue";
import { type ErrorContext, FerryError, messageOf, rootOf } from "@/lib/errors/ferry-error";
import type { UnitKind } from "@/lib/plan/unit";
import { isConnectionLost, isInterrupted, isTransient, sqlstateOf } from "@/lib/postgres/sqlstate";

/** SQLSTATE classes in which the target refuses a row for what it holds: data exception, integrity, check. */
const REFUSED_ROW_CLASSES = ["22", "23"];

/** What is done with a unit after an error. */
export type UnitVerdict =
  | { action: "retry"; pauseSeconds: number; error: FerryError }
  | { action: "fail"; error: FerryError }
  | { action: "snapshot-lost" };

/** A table or column that is not there, or not what it was. */
const CHANGED_SOURCE = ["42P01", "42703", "42704", "42804", "42809", "3F000"];
const DISK_FULL = "53100";
/** Up to version 16 a server may throw away what an old snapshot sees. */
const SNAPSHOT_TOO_OLD = "72000";

/** The gate went through, so a name that does not resolve any more is a passing trouble. */
const PASSING_CODES: ErrorCode[] = ["connect.host_unknown"];

/** The keeper still holds it, and yet it does not show what it did. */
export const SPOILT_SNAPSHOT: ErrorCode[] = ["source.table_rewritten", "snapshot.too_old"];

/** The pauses in between add up to four minutes: a server that restarts or moves is back by then. */
export const MAX_FAILURES = 14;
const LONGEST_PAUSE_SECONDS = 30;

/** Nothing more can be read under the snapshot: a new one is needed. */
const LOST_SNAPSHOT: ErrorCode[] = ["snapshot.lost", ...SPOILT_SNAPSHOT];

/** Where the error comes from, if anyone can tell. */
export type FailingSide = "source" | "target" | "metadata";

/** One meaning for each error of a unit; an unknown one waits for the user and shows itself. */
export function unitError(thrown: unknown, unit: { kind: UnitKind; subject: string; side?: FailingSide }): FerryError {
  const error = rootOf(thrown);
  const { side } = unit;
  const onTarget = side === "target" || side === undefined;
  if (error instanceof FerryError) return error;
  const state = sqlstateOf(error) ?? "";
  const told: ErrorContext = { subject: unit.subject, reason: messageOf(error), sqlstate: state };
  const context = side ? { ...told, side } : told;
  if (isConnectionLost(error)) return new FerryError("connect.lost", context, { cause: error });
  if (isTransient(error)) return new FerryError("statement.conflict", context, { cause: error });
  if (isInterrupted(error)) return new FerryError("statement.interrupted", context, { cause: error });
  if (side === "source" && state === SNAPSHOT_TOO_OLD)
    return new FerryError("snapshot.too_old", context, { cause: error });
  if (side === "source" && CHANGED_SOURCE.includes(state)) {
    return new FerryError("source.table_changed", context, { cause: error });
  }
  if (onTarget && state === DISK_FULL) return new FerryError("target.full", context, { cause: error });
  if (unit.kind === "copy" && onTarget && REFUSED_ROW_CLASSES.includes(state.slice(0, 2))) {
    return new FerryError("copy.refused", context, { cause: error });
  }
  if (state !== "") return new FerryError("statement.failed", context, { cause: error });
  return new FerryError("internal", context, { cause: error });
}

/** `failures` counts this one: only errors do, whatever a unit has been through otherwise. */
export function judge(error: FerryError, failures: number, disposition: Disposition): UnitVerdict {
  if (LOST_SNAPSHOT.includes(error.code)) return { action: "snapshot-lost" };
  const mayPass = disposition === "retry" || PASSING_CODES.includes(error.code);
  if (!mayPass || failures >= MAX_FAILURES) return { action: "fail", error };
  return { action: "retry", pauseSeconds: Math.min(LONGEST_PAUSE_SECONDS, 0.25 * 2 ** failures), error };
}
