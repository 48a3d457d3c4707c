import type { PolicyTarget } from "@/lib/schema/policy/context";
import { foreignLeaving } from "@/lib/schema/policy/leave/foreign";
import { widePublicationLeaving } from "@/lib/schema/policy/leave/replication";
import { superuserLeaving } from "@/lib/schema/policy/leave/superuser";
import type { Leaving } from "@/lib/schema/policy/lens";
import type { SpecialObject } from "@/lib/source/facts/special-objects";
import { check, finding } from "../check";
import { placedInScope } from "../in-scope";
import { counted, someOf } from "../words";

const titleOf = ({ kind, name }: SpecialObject) => `${kind.toLowerCase()} ${name}`;

/** What the policy will say of it; the same function decides there. */
function leavingOf({ kind, language, traits }: SpecialObject, target: PolicyTarget): Leaving | null {
  if (kind === "PUBLICATION") return traits.includes("wide") ? widePublicationLeaving(target) : null;
  if (kind === "FOREIGN TABLE") return foreignLeaving(target);
  return superuserLeaving(
    {
      kind,
      language,
      isBaseType: traits.includes("base"),
      hasInternalState: traits.includes("internal state"),
      isBinaryCast: traits.includes("binary"),
      hasOwnType: traits.includes("own type"),
    },
    target,
  );
}

/** Objects that arrive only where the target allows it, or not at all; without a target, nobody can tell. */
const refused = check("inside.refused", ["objects", "takes", "provider", "surroundings"], (context) => {
  const { objects, takes, provider } = context;
  if (!takes) return [];
  const isInScope = placedInScope(context);
  const byReason = new Map<string, { action: Leaving["action"]; titles: string[] }>();
  for (const object of objects) {
    const isTheirs = object.kind === "EVENT TRIGGER" && provider?.eventTriggers.includes(unquoted(object.name));
    const leaving = isTheirs || !isInScope(object) ? null : leavingOf(object, takes);
    if (!leaving) continue;
    const group = byReason.get(leaving.reason) ?? { action: leaving.action, titles: [] };
    group.titles.push(titleOf(object));
    byReason.set(leaving.reason, group);
  }
  return [...byReason].map(([reason, { action, titles }]) => {
    const subject = titles[0] ?? null;
    if (action === "best-effort") {
      const message = `Tried on the target, which may refuse it: ${someOf(titles)}: ${reason}.`;
      return finding("inside.best_effort", "info", message, { subject });
    }
    const message = `Left out with what needs ${titles.length === 1 ? "it" : "them"}: ${someOf(titles)}: ${reason}.`;
    const remedy = "Let an administrator of the target create it, or change what needs it on the source.";
    return finding("inside.left_out", "warn", message, { subject, remedy });
  });
});

const unquoted = (name: string) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);

const providerObjects = check("inside.provider_objects", ["objects", "provider"], ({ objects, provider }) => {
  if (!provider) return [];
  const { eventTriggers, publications } = provider;
  const own = objects.filter(
    ({ kind, name }) =>
      (kind === "EVENT TRIGGER" && eventTriggers.includes(unquoted(name))) ||
      (kind === "PUBLICATION" && publications.includes(unquoted(name))),
  );
  if (own.length === 0) return [];
  const message = `What belongs to ${provider.name} is left out: ${someOf(own.map(titleOf))}.`;
  return [finding("inside.provider_objects", "info", message)];
});

const foreignTables = check("inside.foreign_tables", ["objects", "surroundings"], (context) => {
  const tables = context.objects.filter(({ kind }) => kind === "FOREIGN TABLE").filter(placedInScope(context));
  if (tables.length === 0) return [];
  const names = someOf(tables.map(({ name }) => name));
  const message = `Of ${counted(tables.length, "foreign table")} the definition is carried, not the rows, and no password of a user mapping: ${names}.`;
  return [finding("inside.foreign_tables", "info", message)];
});

const tablespaces = check("inside.tablespaces", ["settings"], ({ settings: { tablespaces: found } }) => {
  if (found.length === 0) return [];
  const names = found.map(({ name, relations }) => `${name} (${counted(relations, "relation")})`);
  const message = `Tablespaces are ignored, and everything goes to the target's own: ${someOf(names)}.`;
  return [finding("inside.tablespaces", "info", message)];
});

export const objectChecks = [refused, providerObjects, foreignTables, tablespaces];
