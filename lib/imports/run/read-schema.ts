import { LEDGER_SCHEMA } from "@/lib/copy/ledger";
import type { ImportOptions } from "@/lib/plan/options";
import { type Circumstances, policyContext, tablesInScope } from "@/lib/plan/scope";
import type { Archive } from "@/lib/schema/archive";
import type { BegunDump } from "@/lib/schema/dump";
import type { PolicyTarget } from "@/lib/schema/policy/context";
import { decide } from "@/lib/schema/policy/decide";
import { type Decisions, decisionsOf } from "@/lib/schema/verdict-store";
import type { Surroundings } from "@/lib/source/inventory";

interface SchemaRequest {
  dump: BegunDump;
  sourceHost: string;
  options: ImportOptions;
  /** The source's, read under the same snapshot. */
  surroundings: Surroundings;
  snapshot?: string;
  timeoutMs: number;
  lockTimeoutMs?: number;
}

export interface SchemaReading {
  archive: Archive;
  circumstances: Circumstances;
}

/** The source's schema, without what pg_dump may not or should not look at. */
export async function readSchema(request: SchemaRequest): Promise<SchemaReading> {
  const { dump, sourceHost, options, surroundings, snapshot, timeoutMs, lockTimeoutMs } = request;
  const circumstances = { host: sourceHost, surroundings, options };
  const isWanted = tablesInScope(circumstances);
  const archive = await dump.read({
    snapshot,
    timeoutMs,
    lockTimeoutMs,
    excludeSchemas: [LEDGER_SCHEMA],
    // One that may not be locked would stop the dump. Where it is wanted, it should: pg_dump names it.
    excludeTables: surroundings.closed.filter((table) => !isWanted(table)),
  });
  return { archive, circumstances };
}

/** Where the target has its own schema nothing becomes of the source's. Pure. */
export const noDecisions = (reading: SchemaReading, facts: PolicyTarget): Decisions =>
  decisionsOf([], policyContext(reading.circumstances, facts));

/** What happens to each object there. Pure. */
export function decideOnSchema(reading: SchemaReading, facts: PolicyTarget): Decisions {
  const context = policyContext(reading.circumstances, facts);
  return decisionsOf(decide(reading.archive, context), context);
}
