import type { Explanation } from "@/lib/errors/describe";
import type { ImportView } from "@/lib/imports/view";
import type { Finding } from "@/lib/preflight/finding";

export const exitCodes = { success: 0, failed: 1, usage: 2, blocked: 3, differences: 4, paused: 5 } as const;

/** The one document that `--json` prints. Its form is a contract with scripts: fields are added, never changed. */
export interface ImportReport {
  importId: string | null;
  status: string;
  seconds: number;
  source: { version: string | null };
  target: { version: string | null };
  tables: { schema: string; name: string; rows: number; bytes: number }[];
  /** Null where none were carried. */
  largeObjects: { objects: number; bytes: number } | null;
  skipped: { object: string; reason: string }[];
  findings: Pick<Finding, "code" | "severity" | "message">[];
  verification: Pick<ImportView["verification"], "status" | "differences">;
  /** Null unless it is paused. */
  pause: ImportView["pause"];
  error: Explanation | null;
}

export function importReport(view: ImportView, seconds: number): ImportReport {
  return {
    importId: view.id,
    status: view.status,
    seconds,
    source: { version: view.source.version },
    target: { version: view.target.version },
    tables: view.tables.map(({ schema, name, rowsDone, bytesDone }) => ({
      schema,
      name,
      rows: rowsDone,
      bytes: bytesDone,
    })),
    largeObjects: view.largeObjects && { objects: view.largeObjects.objects, bytes: view.largeObjects.bytes },
    skipped: view.skipped,
    findings: shortFindings(view.findings),
    verification: { status: view.verification.status, differences: view.verification.differences },
    pause: view.pause,
    error: view.error,
  };
}

/** What is said when an import did not even come to exist. */
export function failureReport(error: Explanation, seconds: number): ImportReport {
  return {
    importId: null,
    status: "failed",
    seconds,
    source: { version: null },
    target: { version: null },
    tables: [],
    largeObjects: null,
    skipped: [],
    findings: [],
    verification: { status: "pending", differences: [] },
    pause: null,
    error,
  };
}

export const shortFindings = (findings: Finding[]) =>
  findings.map(({ code, severity, message }) => ({ code, severity, message }));

export function exitCodeOf(view: Pick<ImportView, "status">): number {
  switch (view.status) {
    case "succeeded":
      return exitCodes.success;
    case "differences":
      return exitCodes.differences;
    case "blocked":
      return exitCodes.blocked;
    case "paused":
      return exitCodes.paused;
    default:
      return exitCodes.failed;
  }
}

/** What no import can start from, however often it is tried. */
const BLOCKED = new Set<Explanation["code"]>(["check.blocked", "connect.pooler", "connect.look_alike"]);

/** A connection string that cannot be read is wrong usage; most else that goes wrong is a failure. */
export function exitCodeOfError({ code }: Explanation): number {
  if (code === "connection_string.invalid") return exitCodes.usage;
  return BLOCKED.has(code) ? exitCodes.blocked : exitCodes.failed;
}

export const errorText = ({ what, unharmed, remedy }: Explanation): string => `${what} ${unharmed}\n${remedy}\n`;
