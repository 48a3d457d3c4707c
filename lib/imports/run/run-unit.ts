import type { Client } from "pg";
import { putAside } from "@/lib/copy/aside";
import { type Copied, copyPart } from "@/lib/copy/copy-part";
import { CopyBroken } from "@/lib/copy/copy-relay";
import { onceInLedger } from "@/lib/copy/ledger";
import { refuseRewritten } from "@/lib/copy/rewritten";
import { failpoint } from "@/lib/failpoints";
import { setSequences } from "@/lib/finish/sequences";
import { analyzeTables, refreshView, validateConstraint } from "@/lib/finish/statements";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import { type Aside, asideDifferences } from "@/lib/plan/data-only/aside";
import type { CopyPart, PlannedStatement } from "@/lib/plan/unit";
import { applyInTransaction, refusal } from "@/lib/schema/apply";
import { readStanding } from "@/lib/source/receiver";
import type { ClaimedUnit } from "../queue/claim";
import type { UnitResult } from "../queue/settle";
import { countUnit, verifyUnit } from "./count-units";
import { cutCopy } from "./cut-copy";
import { settingsFor } from "./index-settings";
import type { LaneSessions } from "./lane-sessions";
import { objectsUnit } from "./objects-unit";
import { smokeUnit } from "./smoke-unit";
import { unitError } from "./unit-error";

export interface UnitWork {
  importId: string;
  epoch: number;
  unit: ClaimedUnit;
  /** A copy is cut in two instead of done, if it can be. */
  cut: boolean;
  sessions: Pick<LaneSessions, "source" | "target">;
  tables: ReadonlyMap<number, PlannedTable>;
  /** When it is broken off, as `Date.now()` tells it. */
  deadline: number;
  /** Says for how many milliseconds nothing more is wanted. */
  onProgress: (more: Copied) => number;
}

const NOTHING: UnitResult = { rows: 0, bytes: 0 };

/** Does one unit and records it in the ledger in the same transaction; a unit that is recorded already is not done again. */
export async function runUnit(work: UnitWork): Promise<UnitResult> {
  const { payload } = work.unit;
  switch (payload.kind) {
    case "copy":
      return copyUnit(work, payload.parts);
    case "large-objects":
      return objectsUnit(work, payload.part);
    case "schema":
    case "post":
    case "constraint":
      if (payload.aside) return asideUnit(work, payload.aside);
      return statementsUnit(work, payload.statements);
    case "index":
      return statementsUnit(work, payload.statements, settingsFor(payload, work.tables));
    case "count":
      return countUnit(work, payload);
    case "verify": {
      const result = await verifyUnit(work, payload);
      if (payload.counted || result.split || payload.tables.length === 0) return result;
      return { ...result, smoke: await smokeUnit(work, payload.tables) };
    }
    case "sequence": {
      const source = await work.sessions.source();
      return once(work, (target) => setSequences(source, target, payload.sequences));
    }
    case "validate":
      return statementUnit(work, validateConstraint(payload.table, payload.constraint));
    case "refresh":
      return statementUnit(work, refreshView(payload.view));
    case "analyze":
      // No transaction, so that it holds one table's lock at a time; twice does no harm, so that no ledger is needed.
      await (await work.sessions.target()).query(analyzeTables(payload.tables));
      return NOTHING;
  }
}

const ledgerKey = ({ importId, epoch, unit }: UnitWork) => ({ importId, epoch, unitId: unit.id });

async function once(work: UnitWork, act: (target: Client) => Promise<void>): Promise<UnitResult> {
  const target = await work.sessions.target();
  return onceInLedger(target, ledgerKey(work), async () => {
    await act(target);
    return NOTHING;
  });
}

const asideUnit = (work: UnitWork, aside: Aside): Promise<UnitResult> =>
  once(work, (target) => {
    const findChanged = async () => asideDifferences(aside, await readStanding(target))[0]?.subject ?? null;
    return putAside(target, work.importId, aside, findChanged);
  });

const statementUnit = (work: UnitWork, sql: string): Promise<UnitResult> =>
  once(work, async (target) => {
    await target.query(sql);
  });

/** What cannot be created is named in the report; only an object without which rows have nowhere to go stops the unit. */
async function statementsUnit(work: UnitWork, statements: PlannedStatement[], settings = ""): Promise<UnitResult> {
  const target = await work.sessions.target();
  return onceInLedger(target, ledgerKey(work), async () => {
    const failures = await applyInTransaction(target, statements, settings);
    const refused = refusal(failures);
    if (refused) throw refused;
    return { ...NOTHING, failures };
  });
}

/**
 * A copy that has overrun a step, or surely would, is cut instead. That is recorded in the ledger like a copy done, in the
 * unit's own row and before the pieces exist: an earlier attempt that is still at work, on a lane that has lost its
 * lease, either commits first, and then nothing is cut, or finds the row and brings no rows beside its pieces'.
 */
async function copyUnit(work: UnitWork, parts: CopyPart[]): Promise<UnitResult> {
  const [source, target] = await Promise.all([work.sessions.source(), work.sessions.target()]);
  return onceInLedger(target, ledgerKey(work), async () => {
    const split = work.cut ? await cutCopy(source, { ...work.unit, parts }, work.tables) : null;
    if (split) {
      await failpoint("copy.cut", { of: work.unit.id, session: target });
      return { ...NOTHING, split };
    }
    const result: UnitResult = { rows: 0, bytes: 0, tables: {} };
    const onBytes = (bytes: number) => {
      void failpoint("copy.half", { of: work.unit.id, session: target });
      return work.onProgress({ rows: 0, bytes });
    };
    for (const { table, range } of parts) {
      const planned = work.tables.get(table.oid);
      if (!planned) throw new Error(`Table ${table.oid} is not in the plan.`);
      const copied = await copyPart({ source, target, onBytes }, planned, range).catch((error: unknown) => {
        // Of a bundle the reader wants to know which table it was.
        const side = error instanceof CopyBroken ? error.side : undefined;
        throw unitError(error, { kind: "copy", subject: `${table.schema}.${table.name}`, side });
      });
      await failpoint("copy.table-done", { of: work.unit.id, session: source });
      work.onProgress({ rows: copied.rows, bytes: 0 });
      result.rows += copied.rows;
      result.bytes += copied.bytes;
      result.tables = { ...result.tables, [table.oid]: copied };
    }
    await refuseRewritten(
      source,
      parts.map(({ table }) => table),
    );
    return result;
  });
}
