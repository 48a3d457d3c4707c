import type { Finding } from "./finding";
import { sqlComment } from "./sql-comment";

/** All remedies that are SQL as one script, to be read and then run on the source. Null where there is none. */
export function remedyScript(findings: readonly Finding[]): string | null {
  const parts = findings.flatMap(({ severity, message, remedy, sql }) =>
    sql === null || severity === "info"
      ? []
      : [`${sqlComment(message)}\n${remedy ? `${sqlComment(remedy)}\n` : ""}${sql}\n`],
  );
  return parts.length === 0 ? null : parts.join("\n");
}
