import { categoryTitles, isUnchecked } from "@/lib/preflight/categories";
import type { Finding } from "@/lib/preflight/finding";
import type { CategoryResult } from "@/lib/preflight/run-checks";

/** What a category found, as lines for a terminal. */
export function categoryText({ category, checks, findings }: CategoryResult): string {
  const unchecked = findings.filter(isUnchecked).length;
  const parts = [`${checks - unchecked} of ${checks} checks done`, ...counts(findings)];
  return `\n${categoryTitles[category]}: ${parts.join(", ")}\n${findings.map(findingText).join("")}`;
}

function counts(findings: readonly Finding[]): string[] {
  const count = (severity: Finding["severity"]) => findings.filter((one) => one.severity === severity).length;
  const words = [
    [count("block"), "stops the import", "stop the import"],
    [count("warn"), "warning", "warnings"],
  ] as const;
  return words.flatMap(([number, one, more]) => (number === 0 ? [] : [`${number} ${number === 1 ? one : more}`]));
}

const MARGIN = "       ";

export function findingText({ severity, message, remedy, sql }: Finding): string {
  const more = [remedy, sql]
    .filter((text) => text !== null)
    .map((text) => `\n${MARGIN}${text.replaceAll("\n", `\n${MARGIN}`)}`);
  return `${severity.padEnd(MARGIN.length)}${message}${more.join("")}\n`;
}
