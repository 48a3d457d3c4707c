import { eq } from "drizzle-orm";
import type { Client } from "pg";
import { noteFound } from "@/lib/copy/found";
import { database } from "@/lib/db/client";
import { archives, imports, plans } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { asideWords, isNothing } from "@/lib/plan/data-only/aside";
import { makeDataPlan } from "@/lib/plan/data-only/plan";
import { makePlan } from "@/lib/plan/from-verdicts";
import { notesInWords, objectsWith } from "@/lib/plan/left-out";
import { closeSession, withSession } from "@/lib/postgres/session";
import { beginDump } from "@/lib/schema/dump";
import type { PolicyTarget } from "@/lib/schema/policy/context";
import { readPolicyTarget } from "@/lib/schema/policy/target-facts";
import { digestArchive, packArchive } from "@/lib/schema/store";
import { packDecisions } from "@/lib/schema/verdict-store";
import { enterSnapshot } from "@/lib/snapshot/enter";
import { inspect, inspectSurroundings } from "@/lib/source/inspect";
import type { Inventory } from "@/lib/source/inventory";
import { readShape, type Shape } from "@/lib/source/shape";
import type { StructureFacts } from "@/lib/verify/structure/facts";
import { readStructure } from "@/lib/verify/structure/read-facts";
import { packFacts } from "@/lib/verify/structure/store-facts";
import { openCredential } from "../credentials";
import { writeLine } from "../log";
import { storeUnits } from "../queue/store-plan";
import { type ImportRecord, loadImport } from "../record";
import { matchTarget, mismatchNotes } from "./match-target";
import { decideOnSchema, noDecisions, readSchema, type SchemaReading } from "./read-schema";
import { overFor, type RunOver } from "./run-over";
import { dumpLimitMs, stepBudgetMs } from "./step-budget";
import { whileRunning } from "./while-running";

/** The share of a step's budget that it waits for a keeper. */
const SNAPSHOT_WAIT = 0.5;

/**
 * Reads the schema under the snapshot and stores the plan, once. Under a later snapshot it only makes sure that the
 * schema is still the one that was created on the target.
 */
export async function planImport(
  importId: string,
  epoch: number,
  run: number,
): Promise<"planned" | "snapshot-lost" | RunOver> {
  const record = await loadImport(importId);
  const over = overFor(record, run);
  if (over) return over;
  try {
    const ended = await whileRunning(importId, run, (signal) => planUnderSnapshot(record, epoch, signal));
    return "over" in ended ? ended.over : "planned";
  } catch (error) {
    if (error instanceof FerryError && error.code === "snapshot.lost") return "snapshot-lost";
    throw error;
  }
}

async function planUnderSnapshot(record: ImportRecord, epoch: number, signal: AbortSignal): Promise<void> {
  const { id: importId, options } = record;
  const before = await plannedUnder(importId);
  if (before && before.epoch === epoch) return;
  await failpoint("plan.begun");
  const { reading, inventory, structure, shape, target } = await readBoth({ record, epoch, isFirst: !before, signal });
  const { archive } = reading;
  const digest = digestArchive(archive);
  const packed = structure && packFacts(structure);
  if (before) {
    if (before.digest !== digest) throw new FerryError("source.schema_changed");
    await failpoint("plan.compared");
    await database().update(plans).set({ structure: packed }).where(eq(plans.importId, importId));
    await database().update(archives).set({ epoch }).where(eq(archives.importId, importId));
    return;
  }
  const matching = shape && (await matchTarget(importId, reading, shape));
  const decisions = matching ? noDecisions(reading, target) : decideOnSchema(reading, target);
  const blocked = matching ? mismatchNotes(matching) : objectsWith("block", decisions.verdicts);
  if (blocked.length > 0) throw new FerryError("check.blocked", { reason: notesInWords(blocked) });
  const plan = matching
    ? makeDataPlan(matching, inventory, options)
    : makePlan(archive, decisions.verdicts, inventory, options);
  await database().transaction(async (tx) => {
    await tx.insert(archives).values({ importId, side: "source", epoch, digest, body: packArchive(archive) });
    await tx.insert(plans).values({
      importId,
      tables: plan.tables,
      skipped: plan.skipped,
      verdicts: packDecisions(decisions),
      structure: packed,
    });
    await failpoint("plan.half-stored");
    await storeUnits(tx, importId, plan.units);
    await tx.update(imports).set({ phase: "copy" }).where(eq(imports.id, importId));
    const left = plan.skipped.length === 0 ? "" : `, ${plan.skipped.length} left out`;
    const objects = matching
      ? `${plan.tables.length} tables to fill`
      : `${archive.entries.length} objects in the schema`;
    const message = `${objects}${left}; ${plan.units.length} units of work.`;
    await writeLine(tx, importId, { level: "info", kind: "plan.ready", message });
    if (matching && !isNothing(matching.aside)) {
      const words = `${asideWords(matching.aside)} of the target are put aside while rows are loaded, and put back after them.`;
      await writeLine(tx, importId, { level: "info", kind: "aside.planned", message: words });
    }
    await failpoint("plan.before-commit");
  });
  await failpoint("plan.committed");
}

interface BothRead {
  reading: SchemaReading;
  inventory: Inventory;
  /** The state of the source's objects; null where nothing is to be compared with it. */
  structure: StructureFacts | null;
  /** What its tables look like, where the target has them already. */
  shape: Shape | null;
  target: PolicyTarget;
}

interface ReadRequest {
  record: ImportRecord;
  epoch: number;
  /** Nothing has been made on the target yet. */
  isFirst: boolean;
  signal: AbortSignal;
}

/** The source under the snapshot, and what the target is able to take; there, what it has already is noted. */
async function readBoth({ record, epoch, isFirst, signal }: ReadRequest): Promise<BothRead> {
  const { id: importId, options } = record;
  const [source, target] = await Promise.all([openCredential(importId, "source"), openCredential(importId, "target")]);
  const name = `ferry ${importId} plan`;
  // It gets ready while the keeper of the snapshot does.
  const dump = beginDump({ spec: source, side: "source", signal });
  const readSource = async (client: Client) => {
    signal.addEventListener("abort", () => void closeSession(client), { once: true });
    signal.throwIfAborted(); // While the session was being opened nobody was told.
    const snapshot = await enterSnapshot(client, importId, epoch, stepBudgetMs(options) * SNAPSHOT_WAIT, signal);
    const surroundings = await inspectSurroundings(client);
    const request = { dump, sourceHost: source.host, options, surroundings, snapshot };
    // A session takes one query at a time.
    const readCatalogue = async () => {
      const inventory = await inspect(client, surroundings);
      const shape = options.content === "data" ? await readShape(client) : null;
      return { inventory, structure: options.verify === "none" ? null : await readStructure(client), shape };
    };
    const [reading, { inventory, structure, shape }] = await Promise.all([
      readSchema({ ...request, timeoutMs: dumpLimitMs(options) }),
      readCatalogue(),
    ]);
    await failpoint("plan.read", { session: client });
    return { reading, inventory, structure, shape };
  };
  const readTarget = async (client: Client) => {
    const facts = await readPolicyTarget(client);
    if (isFirst) await noteFound(client, importId);
    return facts;
  };
  try {
    const [read, facts] = await Promise.all([
      withSession(source, { side: "source", name }, readSource),
      withSession(target, { side: "target", name }, readTarget),
    ]);
    return { ...read, target: facts };
  } finally {
    await dump.close();
  }
}

async function plannedUnder(importId: string): Promise<{ epoch: number; digest: string } | null> {
  const rows = await database()
    .select({ epoch: archives.epoch, digest: archives.digest })
    .from(archives)
    .where(eq(archives.importId, importId));
  return rows[0] ?? null;
}
