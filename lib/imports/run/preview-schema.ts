import { matchShapes, tablesToFill } from "@/lib/plan/data-only/match";
import { type ObjectNote, objectsWith } from "@/lib/plan/left-out";
import type { ImportOptions } from "@/lib/plan/options";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { beginDump } from "@/lib/schema/dump";
import { isForeseen } from "@/lib/schema/policy/context";
import { inspectSurroundings } from "@/lib/source/inspect";
import { readShape } from "@/lib/source/shape";
import type { Target } from "@/lib/target/target";
import { mismatchNotes } from "./match-target";
import { decideOnSchema, readSchema } from "./read-schema";
import { receivingOf } from "./receiving";
import { takesOf } from "./takes";

/** Somebody waits for it in front of a page. */
const LONGEST_MS = 100_000;
/** A table that is locked for longer is named: only the import itself has time to wait for it. */
const LOCK_MS = 5_000;

/** What would happen to the objects of a schema, in so far as it is not simply that they arrive. */
export interface SchemaPreview {
  objects: number;
  /** Whether the target was asked; of a project that is not made yet Ferry goes by what it knows of Neon. */
  isAsked: boolean;
  /** Each of these stops the import. */
  blocked: ObjectNote[];
  leftOut: ObjectNote[];
  /** These arrive, though not to the letter, or only where the target allows it. */
  altered: ObjectNote[];
}

interface PreviewRequest {
  source: ConnectionSpec;
  target: Target;
  options: ImportOptions;
}

export async function previewSchema({ source, target, options }: PreviewRequest): Promise<SchemaPreview> {
  if (options.content === "data") return previewRows({ source, target, options });
  const name = "ferry preview";
  const dump = beginDump({ spec: source, side: "source" });
  const read = async () => {
    const surroundings = await withSession(source, { side: "source", name, workMs: LONGEST_MS }, inspectSurroundings);
    return readSchema({
      dump,
      sourceHost: source.host,
      options,
      surroundings,
      timeoutMs: LONGEST_MS,
      lockTimeoutMs: LOCK_MS,
    });
  };
  const [takes, reading] = await Promise.all([takesOf(target, { name, workMs: LONGEST_MS }), read()]).finally(() =>
    dump.close(),
  );
  const { verdicts } = decideOnSchema(reading, takes);
  const told = verdicts.filter(({ reason }) => reason !== undefined);
  return {
    objects: verdicts.length,
    isAsked: !isForeseen(takes),
    blocked: objectsWith("block", verdicts),
    leftOut: objectsWith("skip", verdicts),
    altered: [...objectsWith("rewrite", told), ...objectsWith("best-effort", told)],
  };
}

/** Where the schema is the target's own, objects are the tables that are filled, and pg_dump is not asked. */
async function previewRows({ source, target, options }: PreviewRequest): Promise<SchemaPreview> {
  const asking = { name: "ferry preview", workMs: LONGEST_MS };
  const [shape, surroundings] = await withSession(source, { side: "source", ...asking }, async (client) => [
    await readShape(client),
    await inspectSurroundings(client),
  ]);
  const choice = { host: source.host, surroundings, options };
  const receiver = await receivingOf(target, tablesToFill(shape, choice), asking);
  if (receiver === "made anew") {
    const blocked = [{ object: "the target", reason: "it is made empty, and has no tables to be filled" }];
    return { objects: 1, isAsked: true, blocked, leftOut: [], altered: [] };
  }
  const matching = matchShapes(shape, receiver, choice);
  return {
    objects: matching.tables.length + matching.left.length,
    isAsked: true,
    blocked: mismatchNotes(matching),
    leftOut: matching.left,
    altered: [],
  };
}
