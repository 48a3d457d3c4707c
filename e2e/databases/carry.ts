import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { applyEntries, type EntryFailure } from "@/lib/schema/apply";
import type { Archive } from "@/lib/schema/archive";
import { compareArchives, type SchemaDifference } from "@/lib/schema/compare";
import { dumpSchema } from "@/lib/schema/dump";
import { entrySubject } from "@/lib/schema/entry-facts";
import { isCarried, type PolicyContext, type Verdict } from "@/lib/schema/policy/context";
import { decide } from "@/lib/schema/policy/decide";
import { readPolicyTarget } from "@/lib/schema/policy/target-facts";

const ENTRIES_PER_BATCH = 500;

export interface Carried {
  source: Archive;
  target: Archive;
  verdicts: Verdict[];
  failures: EntryFailure[];
  differences: SchemaDifference[];
}

/** Takes a schema from one database to another with nothing but the room under test. */
export async function carrySchema(
  from: ConnectionSpec,
  to: ConnectionSpec,
  context: Partial<Omit<PolicyContext, "target">> = {},
): Promise<Carried> {
  const source = await dumpSchema({ spec: from, side: "source" });
  const { verdicts, failures, ownership } = await withSession(to, { side: "target", name: "carry" }, async (client) => {
    const decided = await decideFor(client, source, context);
    return { ...decided, failures: await applyVerdicts(client, decided.verdicts) };
  });
  const target = await dumpSchema({ spec: to, side: "target" });
  const differences = compareArchives(source, target, { verdicts, ownership, ignoredSchemas: [] });
  return { source, target, verdicts, failures, differences };
}

export async function decideFor(
  client: Client,
  archive: Archive,
  context: Partial<Omit<PolicyContext, "target">> = {},
): Promise<{ verdicts: Verdict[]; ownership: PolicyContext["ownership"] }> {
  const full: PolicyContext = {
    filter: { schemas: [], tables: [], excludeTables: [] },
    ownership: { mode: "none" },
    provider: null,
    ...context,
    target: await readPolicyTarget(client),
  };
  return { verdicts: decide(archive, full), ownership: full.ownership };
}

export async function applyVerdicts(client: Client, verdicts: readonly Verdict[]): Promise<EntryFailure[]> {
  const statements = verdicts
    .filter(({ action }) => isCarried(action))
    .map(({ entry, action, statement }) => ({
      id: entry.id,
      kind: entry.kind,
      subject: entrySubject(entry),
      statement,
      bestEffort: action === "best-effort",
    }));
  const failures: EntryFailure[] = [];
  for (let at = 0; at < statements.length; at += ENTRIES_PER_BATCH) {
    const batch = statements.slice(at, at + ENTRIES_PER_BATCH);
    const outcome = await applyEntries({ client, statements: batch, ledgerRow: async () => {} });
    failures.push(...outcome.failures);
    if (!outcome.committed) throw new Error(`Refused: ${JSON.stringify(outcome.failures, null, 1)}`);
  }
  return failures;
}
