import type { Finding, Severity } from "./finding";

/** In the order in which they are shown. A finding's code begins with one of them. */
export const categories = ["source", "server", "size", "privileges", "extensions", "inside", "target"] as const;

export type Category = (typeof categories)[number];

export const categoryTitles: Record<Category, string> = {
  source: "Reaching the source",
  server: "Server",
  size: "Size and time",
  privileges: "Privileges",
  extensions: "Extensions",
  inside: "What is inside",
  target: "Target",
};

/** What stands for a check that could not run; its subject is the check's name. */
export const COULD_NOT_CHECK = "check.failed";

export const isUnchecked = ({ code }: Pick<Finding, "code">): boolean => code === COULD_NOT_CHECK;

const prefix = (name: string) => name.split(".", 1)[0];

/** Where a finding is shown. */
export function categoryOf({ code, subject }: Pick<Finding, "code" | "subject">): Category {
  const name = prefix(code === COULD_NOT_CHECK ? (subject ?? "") : code);
  return categories.find((category) => category === name) ?? "inside";
}

const WORST_FIRST: Record<Severity, number> = { block: 0, warn: 1, info: 2 };

export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((left, right) => WORST_FIRST[left.severity] - WORST_FIRST[right.severity]);

export interface FindingGroup {
  category: Category;
  findings: Finding[];
}

/** By category, the category with the worst finding first, and in each the worst first. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = categories
    .map((category) => ({ category, findings: worstFirst(findings.filter((one) => categoryOf(one) === category)) }))
    .filter((group) => group.findings.length > 0);
  const worst = ({ findings: [first] }: FindingGroup) => WORST_FIRST[first?.severity ?? "info"];
  return groups.sort((left, right) => worst(left) - worst(right));
}
