import type { ImportOptions } from "@/lib/plan/options";
import type { Inventory } from "@/lib/source/inventory";
import type { TargetFacts } from "@/lib/target/target";
import type { Finding, Severity } from "./finding";

/** Everything a check may look at. Checks ask nothing themselves: what they say follows from this. */
export interface CheckContext {
  source: Inventory;
  sourceHost: string;
  sourceSystemIdentifier: string | null;
  /** Null while no target is chosen. */
  target: TargetFacts | null;
  /** Objects on the target are this import's own, from an earlier run. */
  resuming: boolean;
  options: ImportOptions;
}

export type Check = (context: CheckContext) => Finding[];

/** A finding with only what differs from the usual. */
export function finding(
  code: string,
  severity: Severity,
  message: string,
  more: Partial<Pick<Finding, "subject" | "remedy" | "sql">> = {},
): Finding {
  return { code, severity, message, subject: null, remedy: null, sql: null, ...more };
}
