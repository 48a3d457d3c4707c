import { messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import { type Category, COULD_NOT_CHECK, categories, worstFirst } from "./categories";
import { type Check, type CheckContext, type Circumstance, finding } from "./check";
import { extensionChecks } from "./checks/extensions";
import { insideChecks } from "./checks/inside";
import { privilegeChecks } from "./checks/privileges";
import { serverChecks } from "./checks/server";
import { sizeChecks } from "./checks/size";
import { targetChecks } from "./checks/target";
import type { ComingReadings, FactName, Reading, Readings } from "./facts";
import type { Finding } from "./finding";

/** Every check there is. */
export const checks: readonly Check[] = [
  ...serverChecks,
  ...sizeChecks,
  ...privilegeChecks,
  ...extensionChecks,
  ...insideChecks,
  ...targetChecks,
];

/** What one category has to say. */
export interface CategoryResult {
  category: Category;
  /** How many checks it has, so that one can tell what passed. */
  checks: number;
  findings: Finding[];
}

const checksOf = (category: Category, { options }: Pick<Circumstance, "options">) =>
  checks.filter(
    ({ name }) => name.startsWith(`${category}.`) && !(options.content === "data" && isOfObjects(category)),
  );

/** What is said of objects is said of those that come along: where the schema is the target's own, none does. */
const isOfObjects = (category: Category) => category === "extensions" || category === "inside";

/** Runs every check as soon as what it needs is read; `onCategory` hears of each category when it is done. */
export async function streamChecks(
  coming: ComingReadings,
  circumstance: Circumstance,
  onCategory: (result: CategoryResult) => void = () => {},
): Promise<Finding[]> {
  const results = await Promise.all(
    categories.map(async (category) => {
      const own = checksOf(category, circumstance);
      const findings = await Promise.all(
        own.map(async (check) => runCheck(check, await settled(coming, check.needs), circumstance)),
      );
      const result = { category, checks: own.length, findings: worstFirst(findings.flat()) };
      if (own.length > 0) onCategory(result);
      return result.findings;
    }),
  );
  return worstFirst(results.flat());
}

async function settled(coming: ComingReadings, needs: readonly FactName[]): Promise<Partial<Readings>> {
  const found = await Promise.all(needs.map(async (name) => [name, await coming[name]] as const));
  return Object.fromEntries(found) as Partial<Readings>;
}

/** A check that cannot run says so; it does not stop the others, and is never taken for a pass. */
export function runCheck(check: Check, readings: Partial<Readings>, circumstance: Circumstance): Finding[] {
  const facts: Partial<Record<FactName, unknown>> = {};
  for (const name of check.needs) {
    const reading: Reading<unknown> = readings[name] ?? { unknown: `${name} was not read` };
    if ("unknown" in reading) return [couldNotCheck(check.name, reading.unknown)];
    facts[name] = reading.value;
  }
  try {
    return check.run({ ...circumstance, ...facts } as CheckContext);
  } catch (error) {
    return [couldNotCheck(check.name, messageOf(error))];
  }
}

/** All at once, for those who have all facts. */
export function runAllChecks(context: CheckContext): Finding[] {
  const readings = Object.fromEntries(
    Object.entries(context).map(([name, value]) => [name, { value }]),
  ) as unknown as Readings;
  const own = categories.flatMap((category) => checksOf(category, context));
  return worstFirst(own.flatMap((check) => runCheck(check, readings, context)));
}

export function couldNotCheck(name: string, reason: string): Finding {
  const words = redact(reason).trim().replace(/\.?$/, ".");
  return finding(COULD_NOT_CHECK, "warn", `Could not check ${nameInWords(name)}: ${words}`, {
    subject: name,
    remedy: "Run the checks again; the import itself may meet what they would have found.",
  });
}

/** `inside.search_path` is `search path`. */
const nameInWords = (name: string) => name.slice(name.indexOf(".") + 1).replaceAll("_", " ");

export function firstBlock(findings: readonly Finding[]): Finding | undefined {
  return findings.find((item) => item.severity === "block");
}
