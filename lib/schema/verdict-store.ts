import { gunzipSync, gzipSync } from "node:zlib";
import type { PolicyContext, Verdict } from "./policy/context";

/** What the policy decided, and by which choices: the comparison must go by the same. */
export interface Decisions {
  verdicts: Verdict[];
  ownership: PolicyContext["ownership"];
  movedSchemas: Readonly<Record<string, string>>;
}

export function decisionsOf(verdicts: Verdict[], { ownership, provider }: PolicyContext): Decisions {
  return { verdicts, ownership, movedSchemas: provider?.movedSchemas ?? {} };
}

/** As they lie in the metadata database. */
export function packDecisions(decisions: Decisions): Buffer {
  return gzipSync(JSON.stringify(decisions), { level: 6 });
}

export function unpackDecisions(packed: Uint8Array): Decisions {
  return JSON.parse(gunzipSync(packed).toString("utf8")) as Decisions;
}
