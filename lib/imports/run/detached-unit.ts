import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { type LedgerKey, ledgerScript, NOT_TAKEN, onceInLedger, recordedIn, recordStatement } from "@/lib/copy/ledger";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { tuneForBuilds } from "@/lib/finish/build-settings";
import { analyzeTables, refreshView, validateConstraint } from "@/lib/finish/statements";
import type { UnitPayload } from "@/lib/plan/unit";
import { type Detached, isAtWork, sendDetached } from "@/lib/postgres/detached";
import { endSessionsNamed } from "@/lib/postgres/sessions-named";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import { type StatementProgress, statementProgress } from "@/lib/postgres/statement-progress";
import { DUMP_SETTINGS, entryFailure, refusal } from "@/lib/schema/apply";
import { SETTINGS_ALONE } from "@/lib/verify/checksum-parts";
import { countStatement } from "@/lib/verify/counts";
import { openCredential } from "../credentials";
import type { ClaimedUnit } from "../queue/claim";
import type { UnitResult } from "../queue/settle";
import { loadImport } from "../record";
import { isWanted } from "../status";
import { settingsFor } from "./index-settings";
import type { UnitWork } from "./run-unit";

/** From this share of a step on, a statement that is expected to take so long had better not depend on the step. */
const MAY_OUTLIVE = 0.1;
const LOOK_MS = 250;
/** How often the server is asked how far it is. */
const ASK_MS = 1_000;
const NOTHING: UnitResult = { rows: 0, bytes: 0 };

/** What Postgres keeps of a session's name. */
const LONGEST_NAME = 63;

/** What the target knows a unit's own session by; those of an import all begin as with an empty id. */
export const unitSession = (importId: string, unitId: string) =>
  `ferry ${importId} unit ${unitId}`.slice(0, LONGEST_NAME);

/** Pure: the statement of a unit that may take longer than a step, or null where it will not or may not. */
export function longStatement(
  { payload, cost, overruns, detached }: ClaimedUnit,
  tables: UnitWork["tables"],
  budgetMs: number,
): string | null {
  if (!detached && overruns === 0 && cost * 1_000 < budgetMs * MAY_OUTLIVE) return null;
  switch (payload.kind) {
    case "index":
    case "constraint": {
      const settings = payload.kind === "index" ? settingsFor(payload, tables) : "";
      return [DUMP_SETTINGS, settings, ...payload.statements.map(({ statement }) => `${statement}\n;`)].join("\n");
    }
    case "validate":
      return validateConstraint(payload.table, payload.constraint);
    case "refresh":
      return refreshView(payload.view);
    case "analyze":
      return payload.tables.length === 1 ? analyzeTables(payload.tables) : null;
    case "count":
      // Where its rows cannot be counted in parts, and on the target only: a snapshot is not for such a session.
      return payload.side === "target" && payload.range === null
        ? (payload.statement ?? countStatement(payload.table))
        : null;
    default:
      return null;
  }
}

export interface DetachedWork extends Pick<UnitWork, "importId" | "epoch" | "unit" | "sessions"> {
  statement: string;
  lanes: number;
  deadline: number;
  /** Aborted when the unit is somebody else's, or nobody's any more. */
  signal: AbortSignal;
  /** Called before the statement is sent. */
  onBegin: () => Promise<void>;
  /** What the server says of the statement now and then. */
  onProgress: (progress: StatementProgress | null) => void;
}

/**
 * Has the target work on a statement, together with its ledger row, on a session that does not end with this step,
 * or looks after one that an earlier step left. `left` says that it is still at work; `refused`, that one of several
 * statements was not taken, so that somebody has to go through them.
 */
export async function runDetached(work: DetachedWork): Promise<UnitResult | "left" | "refused"> {
  const { importId, epoch, unit, signal, deadline } = work;
  const key = { importId, epoch, unitId: unit.id };
  const name = unitSession(importId, unit.id);
  const target = await work.sessions.target();
  let own: Detached | null = null;
  if (!(await isAtWork(target, name))) {
    const done = await recordedIn<UnitResult>(target, key);
    if (done) return done.recorded;
    if (unit.detached) throw new FerryError("statement.lost", { subject: unit.subject });
    own = await begin(work, name);
  }
  let askAt = Date.now() + LOOK_MS;
  try {
    if (own) await failpoint("detached.sent", { of: unit.id, session: target });
    while (!signal.aborted && Date.now() < deadline) {
      if (Date.now() >= askAt) {
        work.onProgress(await statementProgress(target, name));
        askAt = Date.now() + ASK_MS;
      }
      if (own) {
        const hasEnded = own.ended.then(() => true);
        if (await Promise.race([hasEnded, sleep(LOOK_MS, false)])) {
          await failpoint("detached.ended", { of: unit.id });
          return await resultOf(work, target);
        }
      } else if (await isAtWork(target, name)) {
        await failpoint("detached.watched", { of: unit.id, session: target });
        await sleep(LOOK_MS);
      } else break;
    }
    // A pause leaves it at work, since it reads nothing of the source.
    if (signal.aborted && !isWanted((await loadImport(importId)).status)) await endSessionsNamed(target, name);
    else if (signal.aborted || own || Date.now() >= deadline) return "left";
    return await resultOf(work, target);
  } catch (error) {
    return refusedOrDone(error, work, target);
  } finally {
    own?.leave();
  }
}

/** Of a statement that is not at work any more. */
async function resultOf({ importId, epoch, unit }: DetachedWork, target: Client): Promise<UnitResult> {
  const done = await recordedIn<UnitResult>(target, { importId, epoch, unitId: unit.id });
  if (!done) throw new FerryError("statement.lost", { subject: unit.subject });
  return done.recorded;
}

/** A `UnitResult` as the server makes it. */
const resultOfCount = (statement: string, isSum: boolean) =>
  `(select jsonb_build_object('rows', counted.rows, 'bytes', 0${isSum ? ", 'sum', counted.sum" : ""})
      from (${statement}) as counted)`;

function workOf(payload: UnitPayload, key: LedgerKey, statement: string): string {
  if (payload.kind !== "count") return statement;
  const isSum = payload.checksums === true;
  const record = recordStatement(key, resultOfCount(statement, isSum));
  return isSum ? `${SETTINGS_ALONE};\n${record}` : record;
}

async function begin({ importId, epoch, unit, statement, lanes, onBegin }: DetachedWork, name: string) {
  const spec = await openCredential(importId, "target");
  await onBegin();
  await failpoint("detached.marked", { of: unit.id });
  const key = { importId, epoch, unitId: unit.id };
  const script = ledgerScript(key, workOf(unit.payload, key, statement), NOTHING);
  return sendDetached(spec, { name, prepare: (client) => tuneForBuilds(client, spec, lanes) }, script);
}

/** An object that the target does not take is recorded, as it is where a lane makes it; or another had done it. */
async function refusedOrDone(error: unknown, work: DetachedWork, target: Client): Promise<UnitResult | "refused"> {
  const { importId, epoch, unit } = work;
  const key = { importId, epoch, unitId: unit.id };
  if (sqlstateOf(error) === NOT_TAKEN) {
    const done = await recordedIn<UnitResult>(target, key);
    if (done) return done.recorded;
  }
  const [statement] =
    unit.payload.kind === "index" || unit.payload.kind === "constraint" ? unit.payload.statements : [];
  const failure = statement && entryFailure(statement, error);
  if (!failure) throw error;
  const refused = refusal([failure]);
  if (refused) throw refused;
  return onceInLedger(target, key, async () => ({ ...NOTHING, failures: [failure] }));
}
