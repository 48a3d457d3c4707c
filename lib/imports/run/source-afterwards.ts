import type { Client } from "pg";
import { findRewritten } from "@/lib/copy/rewritten";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { holdersOf } from "@/lib/snapshot/holders";
import { beginUnderSnapshot } from "@/lib/snapshot/snapshot-session";
import type { ReportSmoke } from "@/lib/verify/report/report-schema";
import { smokeRows } from "@/lib/verify/smoke/smoke";
import { sequenceName } from "@/lib/verify/structure/compare-sequences";
import type { SequenceFact } from "@/lib/verify/structure/facts";
import { readSequences } from "@/lib/verify/structure/read-facts";
import { openCredential } from "../credentials";
import { logEvent } from "../log";
import type { ImportRecord } from "../record";

/** For the first rows of all tables together. */
const SMOKE_LIMIT_MS = 10_000;

export interface SourceAfterwards {
  /** Where its sequences stand now; null where it could not be asked. */
  sequences: ReadonlyMap<string, SequenceFact> | null;
  smoke: ReportSmoke;
}

const NOT_HELD: ReportSmoke = { underSnapshot: false, tables: 0, rows: 0, differences: [], notCompared: [] };

/**
 * What is asked of the source once more when all is copied. It has given all that the import needs: should it not answer any
 * more, that is said, and the import goes on.
 */
export async function askSourceAfterwards(
  record: ImportRecord,
  target: ConnectionSpec,
  tables: readonly PlannedTable[],
): Promise<SourceAfterwards> {
  const { id: importId } = record;
  const name = `ferry ${importId} verify`;
  try {
    const spec = await openCredential(importId, "source");
    return await withSession(spec, { side: "source", name }, async (source) => {
      const sequences = record.options.content === "all" ? await readSequences(source) : [];
      const smoke = (await enterHeld(source, record))
        ? await withSession(target, { side: "target", name }, (client) => smokeUnder(source, client, tables))
        : NOT_HELD;
      return { sequences: new Map(sequences.map((fact) => [sequenceName(fact), fact])), smoke };
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await logEvent(importId, "warn", "verify.source_silent", `The source could not be asked once more: ${reason}`);
    return { sequences: null, smoke: NOT_HELD };
  }
}

/** False when nobody holds the snapshot any more: it has served, and is not waited for. */
async function enterHeld(source: Client, { id, epoch }: ImportRecord): Promise<boolean> {
  for (const { snapshot, releasedAt } of await holdersOf(id, epoch)) {
    if (releasedAt === null && (await beginUnderSnapshot(source, snapshot))) return true;
  }
  return false;
}

async function smokeUnder(source: Client, target: Client, tables: readonly PlannedTable[]): Promise<ReportSmoke> {
  await target.query("begin isolation level repeatable read read only");
  const filled = tables.filter(({ withData }) => withData);
  const rewritten = () => findRewritten(source, filled);
  return smokeRows({ source, target, tables: filled, limitMs: SMOKE_LIMIT_MS, findRewritten: rewritten });
}
