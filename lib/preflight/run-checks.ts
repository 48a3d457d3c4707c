import { messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import { type Check, type CheckContext, finding } from "./check";
import * as largeObjects from "./checks/large-objects";
import * as privileges from "./checks/privileges";
import * as server from "./checks/server";
import * as size from "./checks/size";
import * as target from "./checks/target";
import type { Finding, Severity } from "./finding";

/** Every check there is, by the name under which a failure to run is reported. A file per category. */
const checks: Record<string, Check> = {
  "server.version": server.version,
  "server.encoding": server.encoding,
  "server.connections": server.connections,
  "server.recovery": server.recovery,
  "size.database": size.size,
  "size.unlogged": size.unlogged,
  "size.large_objects": largeObjects.amount,
  "privileges.large_objects": largeObjects.readable,
  "target.large_objects": largeObjects.room,
  "privileges.select": privileges.select,
  "privileges.row_security": privileges.rowSecurity,
  "target.empty": target.empty,
  "target.may_create": target.mayCreate,
  "target.same_database": target.sameDatabase,
  "target.encoding": target.encoding,
};

const WORST_FIRST: Record<Severity, number> = { block: 0, warn: 1, info: 2 };

/** Runs them all; one that fails says so and does not stop the others, and is never taken for a pass. */
export function runAllChecks(context: CheckContext): Finding[] {
  const found = Object.entries(checks).flatMap(([name, check]) => {
    try {
      return check(context);
    } catch (error) {
      const message = `Could not check ${name}: ${redact(messageOf(error))}`;
      return [finding("check.failed", "warn", message, { subject: name })];
    }
  });
  return found.sort((left, right) => WORST_FIRST[left.severity] - WORST_FIRST[right.severity]);
}

export function firstBlock(findings: Finding[]): Finding | undefined {
  return findings.find((item) => item.severity === "block");
}
