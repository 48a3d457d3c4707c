import type { Client } from "pg";
import type { ImportOptions } from "@/lib/plan/options";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import type { Finding } from "@/lib/preflight/finding";
import { runAllChecks } from "@/lib/preflight/run-checks";
import { inspect } from "@/lib/source/inspect";
import type { Inventory } from "@/lib/source/inventory";
import { systemIdentifier } from "@/lib/target/describe";
import type { Target, TargetFacts } from "@/lib/target/target";
import { addressFindings } from "./address-findings";
import { withAdvice } from "./read-address";

export interface CheckedPair {
  inventory: Inventory;
  target: TargetFacts | null;
  findings: Finding[];
}

const readSource = async (client: Client) => ({
  inventory: await inspect(client),
  identifier: await systemIdentifier(client),
});

/** Looks at both ends and lets every check speak. Changes nothing on either. */
export async function checkBoth(
  source: ConnectionSpec,
  target: Target | null,
  options: ImportOptions,
  resuming: boolean,
): Promise<CheckedPair> {
  const [read, facts] = await Promise.all([
    withAdvice(source, () => withSession(source, { side: "source", name: "ferry checks" }, readSource)),
    target?.describe() ?? null,
  ]);
  const findings = runAllChecks({
    source: read.inventory,
    sourceHost: source.host,
    sourceSystemIdentifier: read.identifier,
    target: facts,
    resuming,
    options,
  });
  const ofAddress = addressFindings(source, read.inventory.surroundings);
  return { inventory: read.inventory, target: facts, findings: [...findings, ...ofAddress] };
}
