import type { Archive, ArchiveEntry } from "../archive";
import { entriesById } from "../entry-facts";
import { cascade } from "./cascade";
import { relationsNamed } from "./chosen-relations";
import { isCarried, type PolicyContext, type Verdict } from "./context";
import { danglingKey } from "./dangling-keys";
import { settingsLast } from "./database-settings";
import { leaveRule } from "./leave";
import type { Lens } from "./lens";
import { dependentsOf } from "./lens";
import { ownerVerdicts } from "./ownership";
import { rewritten } from "./rewrite";
import { roleVerdicts } from "./roles";
import { chooseScope, type Scope } from "./scope";

export { isCarried };

const LAST_KINDS = new Set(["ACL", "ACL LANGUAGE", "DEFAULT ACL", "EVENT TRIGGER"]);

/**
 * What happens to each entry, in the order of the archive. Pure. Entries without a statement have no verdict: every
 * database has what they stand for.
 */
export function decide(archive: Archive, context: PolicyContext): Verdict[] {
  const entries = archive.entries.filter((entry) => hasStatement(entry.statement));
  const byId = entriesById(archive);
  const scope = chooseScope(entries, byId, context.filter);
  // What is outside of the choice needs nothing.
  const inside = entries.filter(({ id }) => !scope.leftOut.has(id));
  const lens: Lens = { context, byId, dependents: dependentsOf(inside) };
  const emptied = relationsNamed(entries, byId, context.filter.withoutData ?? []);

  const first = entries.map((entry) => {
    const dangling = emptied.size > 0 ? danglingKey(entry, byId, emptied) : null;
    if (dangling === null || scope.leftOut.has(entry.id)) return verdictOn(entry, lens, scope);
    return { entry, action: "skip", statement: "", reason: dangling } satisfies Verdict;
  });
  const verdicts = cascade(first, lens);
  const grants = verdicts.findIndex(({ entry }) => LAST_KINDS.has(entry.kind));
  const end = grants === -1 ? verdicts.length : grants;
  // Grants are the owner's to give, so owners come before them.
  return settingsLast([
    ...roleVerdicts(verdicts, context),
    ...verdicts.slice(0, end),
    ...ownerVerdicts(verdicts, context),
    ...verdicts.slice(end),
  ]);
}

/** On an entry by itself; what it needs is looked at when all have one. */
function verdictOn(entry: ArchiveEntry, lens: Lens, { leftOut, definitionOnly }: Scope): Verdict {
  const outside = leftOut.get(entry.id);
  if (outside !== undefined) return { entry, action: "skip", statement: "", reason: outside };
  const left = leaveRule(entry, lens);
  if (left && left.action !== "best-effort") {
    return { entry, action: left.action, statement: "", reason: left.reason };
  }
  const verdict = rewritten(entry, lens);
  if (left && verdict.action !== "skip") {
    return { ...verdict, action: "best-effort", reason: joinReasons(verdict.reason, left.reason) };
  }
  const only = definitionOnly.get(entry.id);
  return only === undefined ? verdict : { ...verdict, definitionOnly: true, reason: joinReasons(verdict.reason, only) };
}

function joinReasons(...reasons: (string | undefined)[]): string | undefined {
  const given = reasons.filter((reason) => reason !== undefined);
  return given.length === 0 ? undefined : given.join("; ");
}

/** pg_dump writes a remark in place of a schema that every database has. */
function hasStatement(statement: string): boolean {
  return statement.split("\n").some((line) => line.trim() !== "" && !line.startsWith("--"));
}

/** The tables whose rows are wanted, as far as the policy has a say. */
export function tablesWithRows(verdicts: readonly Verdict[]): ArchiveEntry[] {
  return verdicts
    .filter(({ entry, action, definitionOnly }) => entry.kind === "TABLE" && isCarried(action) && !definitionOnly)
    .map(({ entry }) => entry);
}
