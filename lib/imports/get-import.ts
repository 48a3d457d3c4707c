import { asc, desc, eq, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { importEvents, imports, users, verifications } from "@/lib/db/schema";
import { explain } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { importOptionsSchema } from "@/lib/plan/options";
import { lastHeld } from "@/lib/snapshot/held";
import { spansOf } from "@/lib/snapshot/holders";
import { type EndSide, missingPasswords } from "./credentials";
import { findingsOf } from "./findings";
import { pauseState } from "./pause-state";
import { findPlan } from "./plan-record";
import { type EndpointRecord, loadImport } from "./record";
import { mayBeUnheard, sendAgain } from "./send-again";
import { hasEnded, type ImportStatus } from "./status";
import { SCHEMA_COMPARED } from "./verdict";
import type { EndpointView, EventView, ImportView, VerificationView } from "./view";
import { headline } from "./view/headline";
import { largeObjectsView } from "./view/large-objects-view";
import { phaseOf, progressOf, withEnd, workViews } from "./view/progress";
import { statementViews } from "./view/statement-view";
import { countedRows, tableViews } from "./view/table-view";
import { throughputOf } from "./view/throughput";
import type { UnitRow } from "./view/unit-row";

/** The newest lines of the log; older ones stay in the database. */
const EVENTS_SHOWN = 200;

/** Everything that a page shows of an import, in a handful of queries whatever its size. */
export async function getImport({ id }: { id: string }): Promise<ImportView> {
  const [[row], units, plan, findings, events, compared] = await Promise.all([
    database()
      .select({ import: imports, by: users.name, now: sql<Date>`now()`.mapWith(imports.createdAt) })
      .from(imports)
      .leftJoin(users, eq(users.id, imports.createdBy))
      .where(eq(imports.id, id)),
    unitRows(id),
    findPlan(id),
    findingsOf(id),
    recentEvents(id),
    database().select().from(verifications).where(eq(verifications.importId, id)).orderBy(asc(verifications.subject)),
  ]);
  if (!row) throw new FerryError("import.missing", { id });
  const { import: record, by, now } = row;
  const status = record.status as ImportStatus;
  // Whoever looks does not wait for it, and the next look tries again.
  if (mayBeUnheard(status)) void sendAgain(id).catch(() => {});
  const options = importOptionsSchema.parse(record.options);

  const isPaused = status === "paused";
  const held = isPaused || status === "running" ? lastHeld(await spansOf(id, record.epoch)) : null;
  const pause = isPaused ? await pauseState(await loadImport(id), record.finishedAt) : null;

  const tables = tableViews(plan?.tables ?? [], units, countedRows(compared));
  const work = workViews(units);
  const phase = phaseOf(status, work);
  const until = record.finishedAt ?? now;
  const measured = progressOf(units, tables, until);
  const progress = withEnd(measured, status);
  const error = record.error && hasEnded(status) ? explain(record.error, plan !== null) : null;
  const verification = verificationView(options.verify !== "none", status, compared);
  const differences = verification.differences.length;

  return {
    id,
    name: record.name,
    status,
    phase,
    headline: headline({
      status,
      phase,
      progress,
      tables,
      work,
      error,
      differences,
      verified: options.verify !== "none",
      testRunSeconds: options.testRun && record.startedAt ? (+until - +record.startedAt) / 1000 : null,
      pause,
      isDataOnly: options.content === "data",
    }),
    source: endpointView(record.source as EndpointRecord),
    target: endpointView(record.target as EndpointRecord),
    options,
    by,
    passwordsNeeded: status === "failed" ? await passwordsNeeded(record) : [],
    createdAt: record.createdAt.toISOString(),
    startedAt: record.startedAt?.toISOString() ?? null,
    finishedAt: record.finishedAt?.toISOString() ?? null,
    now: now.toISOString(),
    progress,
    throughput: record.startedAt && throughputOf(units, { start: record.startedAt, end: until }),
    pause,
    snapshotHeldSince: held?.isHeld ? held.since.toISOString() : null,
    tables,
    largeObjects: largeObjectsView(units),
    work,
    lanes: laneBlocks(units),
    statements: statementViews(units),
    findings,
    skipped: plan?.skipped ?? [],
    events,
    error,
    verification,
  };
}

/** The demo's is Ferry's own, and so are those of targets that Ferry made. */
async function passwordsNeeded(record: typeof imports.$inferSelect): Promise<EndSide[]> {
  const kinds = { source: (record.source as EndpointRecord).kind, target: (record.target as EndpointRecord).kind };
  return (await missingPasswords(record.id)).filter((side) => kinds[side] === "url");
}

async function unitRows(importId: string): Promise<UnitRow[]> {
  const { rows } = await database().execute<UnitRow & Record<string, unknown>>(sql`
    select id, kind, subject, state, cost, lane, rows_done::float8 as "rowsDone", bytes_done::float8 as "bytesDone",
           started_at as "startedAt", finished_at as "finishedAt", statement_progress as "statementProgress",
           case kind when 'copy' then coalesce(jsonb_path_query_array(payload, '$.parts[*].table.oid'), '[]')
                     when 'index' then payload->'tables' else '[]' end as tables,
           coalesce(result->'tables', '{}') as "tableResults"
      from units where import_id = ${importId} order by started_at nulls last, id`);
  return rows.map((row) => ({ ...row, startedAt: date(row.startedAt), finishedAt: date(row.finishedAt) }));
}

/** Raw queries leave times as the driver reads them: pg as text under Drizzle's parsers. */
const date = (value: Date | string | null): Date | null => (value === null ? null : new Date(value));

async function recentEvents(importId: string): Promise<EventView[]> {
  const rows = await database()
    .select()
    .from(importEvents)
    .where(eq(importEvents.importId, importId))
    .orderBy(desc(importEvents.seq))
    .limit(EVENTS_SHOWN);
  return rows.map(({ seq, at, level, kind, message }) => ({
    seq,
    at: at.toISOString(),
    level: level as EventView["level"],
    kind,
    message,
  }));
}

export const endpointView = ({ database: name, provider, ...end }: EndpointRecord): EndpointView => ({
  ...{ host: end.host, port: end.port, user: end.user, version: end.version, kind: end.kind },
  database: name,
  provider: provider ?? null,
  neon: end.neon ?? null,
});

function laneBlocks(units: UnitRow[]): ImportView["lanes"] {
  return units.flatMap(({ lane, kind, subject, state, startedAt, finishedAt }) =>
    // What was given back is nobody's work: it begins anew.
    lane === null || startedAt === null || state === "ready"
      ? []
      : [{ lane, kind, subject, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }],
  );
}

function verificationView(
  asked: boolean,
  status: ImportStatus,
  compared: (typeof verifications.$inferSelect)[],
): VerificationView {
  const differences = compared
    .filter((item) => !item.equal)
    .map(({ subject, kind, source, target, detail }) => ({
      subject,
      kind,
      source: source ?? "",
      target: target ?? "",
      detail,
    }));
  const ended = status === "succeeded" || status === "differences";
  const verdict = differences.length > 0 ? "differences" : "equal";
  const objects = compared.find((item) => item.kind === SCHEMA_COMPARED)?.source ?? null;
  return {
    status: !asked ? "not_asked" : ended ? verdict : "pending",
    compared: compared.filter((item) => item.kind === "rows").length,
    objects: objects === null ? null : Number(objects),
    differences,
  };
}
