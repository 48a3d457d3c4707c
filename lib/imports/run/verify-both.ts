import type { Client } from "pg";
import { LEDGER_SCHEMA } from "@/lib/copy/ledger";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import { tablesToFill } from "@/lib/plan/data-only/match";
import { plannedTables } from "@/lib/plan/data-only/plan";
import { makePlan } from "@/lib/plan/from-verdicts";
import type { ImportOptions } from "@/lib/plan/options";
import { type VerifyLevel, verifyLevel } from "@/lib/plan/verify-level";
import { type ConnectionSpec, publicAddress } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { beginDump } from "@/lib/schema/dump";
import { readPolicyTarget } from "@/lib/schema/policy/target-facts";
import { beginFresh, type ExportedSnapshot, exportSnapshot } from "@/lib/snapshot/snapshot-session";
import { inspect, inspectSurroundings } from "@/lib/source/inspect";
import { readShape } from "@/lib/source/shape";
import { type CompareTable, checksumTable, compareLater, countTable } from "@/lib/verify/compare-later";
import { objectTotalsInWords, totalsOnBothSides } from "@/lib/verify/large-objects";
import { makeReport } from "@/lib/verify/report/make-report";
import type { Report } from "@/lib/verify/report/report-schema";
import { smokeRows } from "@/lib/verify/smoke/smoke";
import { readStructure } from "@/lib/verify/structure/read-facts";
import { readLargest } from "@/lib/verify/structure/read-largest";
import { objectOptions, proveObjects } from "./object-proof";
import { decideOnSchema, readSchema } from "./read-schema";

export interface LaterRequest {
  source: ConnectionSpec;
  target: ConnectionSpec;
  /** Those of the import, or what the target is meant to hold. */
  options: ImportOptions;
  importId?: string;
  compareTable?: CompareTable;
  /** When to leave it, as `Date.now()` tells it; without one it takes the time it takes. */
  deadline?: number;
}

const DUMP_LIMIT_MS = 30 * 60_000;
const SMOKE_LIMIT_MS = 10_000;

/**
 * Compares two databases as they are now, each under a snapshot of its own: all objects, all rows. Changes nothing on
 * either, and needs nothing that an import has left.
 */
export function verifyBoth(request: LaterRequest): Promise<Report> {
  const name = "ferry verify";
  return withSession(request.source, { side: "source", name }, (source) =>
    withSession(request.target, { side: "target", name }, (target) => verifyIn(source, target, request)),
  );
}

async function verifyIn(source: Client, target: Client, request: LaterRequest): Promise<Report> {
  const { options } = request;
  const [onSource, onTarget] = await Promise.all([source, target].map(takeSnapshot));
  if (!onSource || !onTarget) throw new Error("There are two sides.");
  const at = new Date().toISOString();
  if (options.content === "data") return verifyRows({ source, target, at, onSource, onTarget }, request);
  const [was, is] = await Promise.all([
    readSourceSide(source, request, onSource.name),
    readTargetSide(target, request, onTarget.name),
  ]);
  // As it was decided before anything was there: what is there now would be left as it is.
  const decisions = decideOnSchema(was.reading, { ...is.policy, schemas: ["public"] });
  const { archive } = was.reading;
  const level = verifyLevel(options.verify, was.inventory.server.databaseBytes);
  const { tables } = makePlan(archive, decisions.verdicts, was.inventory, options);
  const sides = { source: { archive, facts: was.facts }, target: { archive: is.archive, facts: is.facts } };
  const readings = { targetMayMove: true, sourceNow: null };
  const largest = await readLargest(target, sides, objectOptions({ decisions, options, tables, readings }));
  const objects = proveObjects({ ...sides, decisions, options, tables, readings: { ...readings, largest } });
  return makeReport({
    kind: "later",
    importId: request.importId ?? null,
    at,
    source: { ...endOf(request.source), version: was.inventory.server.version },
    target: { ...endOf(request.target), version: is.version },
    snapshots: { source: { ...onSource, at }, target: { ...onTarget, at } },
    objects,
    ...(await compareRows({ source, target }, tables, level, request)),
  });
}

interface Both {
  source: Client;
  target: Client;
  at: string;
  onSource: ExportedSnapshot;
  onTarget: ExportedSnapshot;
}

/** Rows alone: the schema is the target's own, and may have columns that the source has not. */
async function verifyRows({ source, target, at, onSource, onTarget }: Both, request: LaterRequest): Promise<Report> {
  const { options } = request;
  const surroundings = await inspectSurroundings(source);
  const inventory = await inspect(source, surroundings);
  const wanted = tablesToFill(await readShape(source), { host: request.source.host, surroundings, options });
  const withMore = new Set(wanted.map(({ oid }) => oid));
  const tables = plannedTables({ tables: wanted, withMore }, inventory);
  const { rows } = await target.query<{ version: string }>("select current_setting('server_version') as version");
  const level = verifyLevel(options.verify, inventory.server.databaseBytes);
  return makeReport({
    ...{ kind: "later", importId: request.importId ?? null, content: "data", at },
    source: { ...endOf(request.source), version: inventory.server.version },
    target: { ...endOf(request.target), version: rows[0]?.version ?? null },
    snapshots: { source: { ...onSource, at }, target: { ...onTarget, at } },
    objects: { kinds: [], states: [], differences: [], byDesign: [], leftOut: [] },
    ...(await compareRows({ source, target }, tables, level, request)),
  });
}

/** Rows of all tables, the first of them once more, and large objects. */
async function compareRows(
  { source, target }: { source: Client; target: Client },
  tables: PlannedTable[],
  level: VerifyLevel,
  request: LaterRequest,
): Promise<Pick<Report, "tables" | "smoke" | "others">> {
  const { options, compareTable, deadline = null } = request;
  const compared = await compareLater({
    source,
    target,
    tables,
    compareTable: compareTable ?? (level === "checksums" ? checksumTable : countTable),
    deadline,
  });
  const limitMs = Math.min(SMOKE_LIMIT_MS, deadline === null ? SMOKE_LIMIT_MS : deadline - Date.now());
  const filled = tables.filter(({ withData }) => withData);
  return {
    tables: compared,
    smoke: filled.length > 0 ? await smokeRows({ source, target, tables: filled, limitMs }) : null,
    others: options.largeObjects && options.content !== "schema" ? [await compareObjects(source, target, level)] : [],
  };
}

async function compareObjects(source: Client, target: Client, level: VerifyLevel): Promise<Report["others"][number]> {
  const all = { range: { from: 0, to: null }, contents: level === "checksums" };
  return { subject: "large objects", ...objectTotalsInWords(await totalsOnBothSides({ source, target }, all)) };
}

async function takeSnapshot(client: Client): Promise<ExportedSnapshot> {
  await beginFresh(client);
  return exportSnapshot(client);
}

async function readSourceSide(client: Client, { source, options }: LaterRequest, snapshot: string) {
  const dump = beginDump({ spec: source, side: "source" });
  try {
    const surroundings = await inspectSurroundings(client);
    const request = { dump, sourceHost: source.host, options, surroundings, snapshot, timeoutMs: DUMP_LIMIT_MS };
    // A session takes one query at a time.
    const readCatalogue = async () => ({
      inventory: await inspect(client, surroundings),
      facts: await readStructure(client),
    });
    const [reading, catalogue] = await Promise.all([readSchema(request), readCatalogue()]);
    return { reading, ...catalogue };
  } finally {
    await dump.close();
  }
}

async function readTargetSide(client: Client, { target }: LaterRequest, snapshot: string) {
  const dump = beginDump({ spec: target, side: "target" });
  try {
    const readCatalogue = async () => {
      const policy = await readPolicyTarget(client);
      const facts = await readStructure(client);
      const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
      return { policy, facts, version: rows[0]?.version ?? null };
    };
    const reading = dump.read({ snapshot, timeoutMs: DUMP_LIMIT_MS, excludeSchemas: [LEDGER_SCHEMA] });
    const [archive, catalogue] = await Promise.all([reading, readCatalogue()]);
    return { archive, ...catalogue };
  } finally {
    await dump.close();
  }
}

function endOf(spec: ConnectionSpec) {
  const { host, port, database } = publicAddress(spec);
  return { host, port, database };
}
