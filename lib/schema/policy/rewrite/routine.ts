import { routineFacts } from "../../sql/routine";
import { applyEdits, type Edit } from "../../sql/tokens";
import { settingRefusal } from "../setting-refusal";
import type { RewriteRule } from "./index";

const ROUTINES = new Set(["FUNCTION", "PROCEDURE"]);

/** Takes out of a routine's head what the target refuses: LEAKPROOF without a superuser, and settings it lacks. */
export const rewriteRoutine: RewriteRule = (statement, { kind }, { context: { target } }) => {
  if (!ROUTINES.has(kind)) return null;
  const { leakproof, settings } = routineFacts(statement);
  const edits: Edit[] = [];
  const reasons: string[] = [];
  if (leakproof && !target.isSuperuser) {
    edits.push({ start: leakproof.start, end: leakproof.end + 1, text: "" });
    reasons.push("LEAKPROOF is left out: only a superuser may say so");
  }
  for (const { name, start, end } of settings) {
    const refusal = settingRefusal(name, target);
    if (!refusal) continue;
    edits.push({ start, end, text: "" });
    reasons.push(refusal);
  }
  return edits.length === 0 ? null : { statement: applyEdits(statement, edits), reason: reasons.join("; ") };
};
