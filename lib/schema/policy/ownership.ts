import { quoteIdentifier } from "@/lib/postgres/quote";
import { addedEntry } from "../added-entry";
import type { ArchiveEntry } from "../archive";
import { ownershipTarget } from "../ownership-target";
import { isCarried, type PolicyContext, type Verdict } from "./context";
import { roleFor } from "./rewrite/grants";
import { canHandTo } from "./roles";

const OWNER_ENTRY_ID = -2_000_000;
/** A superuser has to own these. */
const SUPERUSERS_OWN = new Set(["EVENT TRIGGER", "FOREIGN DATA WRAPPER"]);
const LAST = new Set(["SEQUENCE", "SCHEMA"]);

/**
 * Owners are set when everything else is done: until then the importing role owns what it builds and fills. A new
 * owner has to be allowed to create in the schema, so that is granted for as long as it takes; sequences follow
 * their table, and schemas come last.
 */
export function ownerVerdicts(verdicts: readonly Verdict[], context: PolicyContext): Verdict[] {
  const { target, ownership } = context;
  const changes = verdicts.flatMap(({ entry, action }) => {
    const role = entry.owner === null ? null : roleFor(entry.owner, ownership);
    const object = ownershipTarget(entry);
    if (!isCarried(action) || object === null || role === null || role === target.user) return [];
    if (SUPERUSERS_OWN.has(entry.kind) && !target.isSuperuser) return [];
    return [{ entry, role, object }];
  });
  const late = ({ kind }: ArchiveEntry) => [...LAST].indexOf(kind);
  changes.sort((left, right) => late(left.entry) - late(right.entry));
  const possible = changes.filter(({ role }) => canHandTo(role, context));
  const refused = new Set(changes.filter(({ role }) => !canHandTo(role, context)).map(({ role }) => role));
  return [
    ...possible.map(({ entry, role, object }, index) => {
      const statement = ownerStatement(entry, object, quoteIdentifier(role), target.isSuperuser);
      return ownerVerdict(OWNER_ENTRY_ID + index, { ...entry, owner: role, dependencies: [entry.id] }, statement);
    }),
    ...[...refused].map((role, index): Verdict => {
      const entry = addedEntry({ id: OWNER_ENTRY_ID - 1 - index, kind: "OWNER", name: role, statement: "" });
      const reason = `what it owns stays with ${target.user}, which may not act as ${role} on the target`;
      return { entry, action: "skip", statement: "", reason };
    }),
  ];
}

function ownerVerdict(id: number, of: ArchiveEntry, statement: string): Verdict {
  const { schema, name, owner, dependencies } = of;
  const entry = addedEntry({ id, kind: "OWNER", schema, name, owner, dependencies, statement, section: "post-data" });
  return { entry, action: "best-effort", statement };
}

function ownerStatement({ schema }: ArchiveEntry, object: string, role: string, isSuperuser: boolean): string {
  const change = `ALTER ${object} OWNER TO ${role};`;
  if (schema === null || isSuperuser) return change;
  const inSchema = `CREATE ON SCHEMA ${quoteIdentifier(schema)}`;
  return `GRANT ${inSchema} TO ${role};\n${change}\nREVOKE ${inSchema} FROM ${role};`;
}
