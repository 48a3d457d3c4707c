import { shortWords } from "@/lib/errors/ferry-error";
import type { ImportOptions } from "@/lib/plan/options";
import type { Category } from "./categories";
import type { FactName, Facts } from "./facts";
import type { Finding, Severity } from "./finding";

/** What is known without asking anybody. */
export interface Circumstance {
  sourceHost: string;
  /** Objects on the target are this import's own, from an earlier run. */
  resuming: boolean;
  options: ImportOptions;
}

/** Everything a check may look at. Checks ask nothing themselves: what they say follows from this. */
export interface CheckContext extends Circumstance, Facts {}

export type CheckName = `${Category}.${string}`;

export interface Check {
  /** Under which a failure to run is reported. */
  name: CheckName;
  /** Without one of these it cannot run. */
  needs: readonly FactName[];
  run(context: CheckContext): Finding[];
}

/** A check sees only the facts that it says it needs. */
export const check = <Name extends FactName>(
  name: CheckName,
  needs: readonly Name[],
  run: (context: Pick<Facts, Name> & Circumstance) => Finding[],
): Check => ({ name, needs, run });

/** A finding with only what differs from the usual. Its code begins with the category it is shown under. */
export function finding(
  code: string,
  severity: Severity,
  message: string,
  more: Partial<Pick<Finding, "subject" | "remedy" | "sql">> = {},
): Finding {
  return { code, severity, message: shortWords(message), subject: null, remedy: null, sql: null, ...more };
}
