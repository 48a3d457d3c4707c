import type { ArchiveEntry } from "../../archive";
import type { Verdict } from "../context";
import type { Lens } from "../lens";
import { rewriteDatabaseName } from "./database-name";
import { rewriteExtension } from "./extension";
import { rewriteGrants } from "./grants";
import { moveSchemas } from "./moved-schemas";
import { rewritePolicyRoles } from "./policy-roles";
import { rewriteRoutine } from "./routine";
import { rewriteSchema } from "./schema";
import { chooseStorage } from "./storage";
import { dropUnknownOptions } from "./unknown-options";

/** A changed statement, with a reason where a person should know of the change. */
export interface Rewriting {
  statement: string;
  reason?: string;
}

export type RewriteRule = (statement: string, entry: ArchiveEntry, lens: Lens) => Rewriting | null;

/** Each works on what the one before it left. */
const RULES: readonly RewriteRule[] = [
  moveSchemas,
  dropUnknownOptions,
  rewriteSchema,
  rewriteExtension,
  rewriteRoutine,
  rewritePolicyRoles,
  rewriteGrants,
  rewriteDatabaseName,
  chooseStorage,
];

/** The entry's statement as the target can take it. */
export function rewritten(entry: ArchiveEntry, lens: Lens): Verdict {
  const reasons: string[] = [];
  let statement = entry.statement;
  let changed = false;
  for (const rule of RULES) {
    const rewriting = rule(statement, entry, lens);
    if (!rewriting) continue;
    changed = true;
    statement = rewriting.statement;
    if (rewriting.reason) reasons.push(rewriting.reason);
  }
  const reason = reasons.length > 0 ? { reason: reasons.join("; ") } : {};
  if (statement.trim() === "") return { entry, action: "skip", statement: "", ...reason };
  return { entry, action: changed ? "rewrite" : "apply", statement, ...reason };
}
