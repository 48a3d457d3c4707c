import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { database, type Transaction } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import type { PublicAddress } from "@/lib/postgres/connection-spec";
import { type LogLine, writeLine } from "./log";
import { type ImportStatus, type MoveName, moveOf } from "./status";

/** What is kept in clear of either end: no password. */
export interface EndpointRecord extends PublicAddress {
  kind: EndpointKind;
  version: string | null;
  /** Whose server it is, where that is known. */
  provider?: string | null;
  /** What the server calls itself, where its role may ask: a name may lead to another server later. */
  systemIdentifier?: string | null;
  /** The id of the file that a source was made of. Its host is then the file's name. */
  file?: string;
  /** Of a target on Neon; ids are null until they are known. */
  neon?: NeonBranchRecord;
}

/** `unchosen` stands for the target of a draft until somebody has said where it is to land. */
export type EndpointKind = "demo" | "file" | "local" | "url" | "neon" | "unchosen";

export const UNCHOSEN: EndpointRecord = { kind: "unchosen", host: "", port: 0, database: "", user: "", version: null };

export interface NeonBranchRecord {
  projectId: string | null;
  project: string;
  branchId: string | null;
  branch: string;
}

/** A row of `imports` with its JSON columns typed. */
export interface ImportRecord {
  id: string;
  name: string;
  status: ImportStatus;
  options: ImportOptions;
  source: EndpointRecord;
  target: EndpointRecord;
  epoch: number;
  lostEpoch: number;
  run: number;
  phase: RecordedPhase;
}

/**
 * Where the work stands, as far as somebody has to know it: `let-go` when a paused import's snapshot is not to be held any
 * longer, `finish` from when on the verdict is being given.
 */
export type RecordedPhase = "check" | "schema" | "copy" | "let-go" | "finish" | "done";

export async function loadImport(id: string): Promise<ImportRecord> {
  const [row] = await database().select().from(imports).where(eq(imports.id, id));
  if (!row) throw new FerryError("import.missing", { id });
  return {
    id: row.id,
    name: row.name,
    status: row.status as ImportStatus,
    options: importOptionsSchema.parse(row.options),
    source: row.source as EndpointRecord,
    target: row.target as EndpointRecord,
    epoch: row.epoch,
    lostEpoch: row.lostEpoch,
    run: row.run,
    phase: row.phase as RecordedPhase,
  };
}

interface MoveOptions {
  set?: Partial<Pick<typeof imports.$inferInsert, "error" | "startedAt" | "finishedAt">> & { phase?: RecordedPhase };
  /** Only if the import is still in this run. */
  run?: number;
  /** Not if this has been reached. */
  unlessPhase?: RecordedPhase;
  /** All rows are to be read again: the present snapshot counts as lost. */
  readAgain?: boolean;
  /** What the log says of it. */
  line?: LogLine;
  /** What else belongs to it. */
  also?: (tx: Transaction) => Promise<void>;
}

/** Moves an import on as `moves` says, with its line in the log, and tells its run; null when somebody else was first. */
export async function moveImport(
  id: string,
  name: MoveName,
  options: MoveOptions = {},
): Promise<{ run: number } | null> {
  return database().transaction(async (tx) => {
    // First, since whoever finishes a unit locks in this order.
    const moved = await moveRow(tx, id, name, options);
    if (!moved) return null;
    await options.also?.(tx);
    await failpoint("move.untold", { of: name });
    if (options.line) await writeLine(tx, id, options.line);
    return moved;
  });
}

async function moveRow(
  tx: Transaction,
  id: string,
  name: MoveName,
  { set, run, unlessPhase, readAgain }: MoveOptions,
): Promise<{ run: number } | null> {
  const { from, to, isNewRun } = moveOf(name);
  const moved = await tx
    .update(imports)
    .set({
      ...set,
      status: to,
      ...(isNewRun ? { run: sql`${imports.run} + 1`, finishedAt: null, error: null } : {}),
      ...(readAgain ? { lostEpoch: sql`${imports.epoch}` } : {}),
    })
    .where(
      and(
        eq(imports.id, id),
        inArray(imports.status, [...from]),
        run === undefined ? undefined : eq(imports.run, run),
        unlessPhase ? ne(imports.phase, unlessPhase) : undefined,
      ),
    )
    .returning({ run: imports.run });
  return moved[0] ?? null;
}

/** Notes how far the work is, if the import is still as `from` says. */
export async function movePhase(
  id: string,
  phase: RecordedPhase,
  from: { status: ImportStatus; run: number },
): Promise<boolean> {
  const moved = await database()
    .update(imports)
    .set({ phase })
    .where(and(eq(imports.id, id), eq(imports.status, from.status), eq(imports.run, from.run)))
    .returning({ id: imports.id });
  return moved.length === 1;
}
