import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { archives } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import { withSession } from "@/lib/postgres/session";
import { dumpSchema } from "@/lib/schema/dump";
import { unpackArchive } from "@/lib/schema/store";
import type { StructureFacts } from "@/lib/verify/structure/facts";
import { readStructure } from "@/lib/verify/structure/read-facts";
import { openCredential } from "../credentials";
import { findDecisions } from "../plan-record";
import { loadImport } from "../record";
import { storeProof } from "../report-record";
import { storeProofRows } from "../verdict";
import { proveObjects } from "./object-proof";
import { overFor, type RunOver } from "./run-over";
import { smokeOfUnits } from "./smoke-unit";
import { sequencesAfterwards } from "./source-afterwards";
import { dumpLimitMs } from "./step-budget";
import { verifyAside } from "./verify-aside";
import { whileRunning } from "./while-running";

/** One that was planned before states were read. */
const UNKNOWN: StructureFacts = { role: "", relations: [], indexes: [], constraints: [], sequences: [] };

/**
 * Dumps the target as the source was dumped and compares the two, object by object; with it the state of each object, and
 * the first rows of each table.
 */
export async function verifyObjects(
  importId: string,
  run: number,
): Promise<{ objects: number; differences: number } | RunOver> {
  const record = await loadImport(importId);
  const { options } = record;
  const over = overFor(record, run);
  if (over) return over;
  const [[stored], plan] = await Promise.all([
    database().select({ body: archives.body }).from(archives).where(eq(archives.importId, importId)),
    findDecisions(importId),
  ]);
  if (options.verify === "none" || !stored || !plan) return { objects: 0, differences: 0 };
  if (options.content === "data") return verifyAside(record, run);
  const { decisions, structure, tables } = plan;
  const archive = unpackArchive(stored.body);
  const spec = await openCredential(importId, "target");
  const session = { side: "target", name: `ferry ${importId} verify` } as const;
  const read = await whileRunning(importId, run, (signal) =>
    Promise.all([
      dumpSchema({ spec, side: "target", timeoutMs: dumpLimitMs(options), signal }),
      withSession(spec, session, readStructure),
      sequencesAfterwards(record),
      smokeOfUnits(importId),
    ]),
  );
  if ("over" in read) return read.over;
  const [found, facts, sequences, smoke] = read.done;
  await failpoint("verify.dumped");
  const objects = proveObjects({
    source: { archive, facts: structure ?? UNKNOWN },
    target: { archive: found, facts },
    decisions,
    options,
    tables,
    readings: { sourceNow: sequences },
  });
  const proof = { objects, smoke: options.content === "all" ? smoke : null };
  await storeProofRows(importId, proof);
  await storeProof(importId, proof);
  await failpoint("verify.stored");
  return { objects: archive.entries.length, differences: objects.differences.length + smoke.differences.length };
}
