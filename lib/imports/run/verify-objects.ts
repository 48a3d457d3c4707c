import { eq } from "drizzle-orm";
import { LEDGER_SCHEMA } from "@/lib/copy/ledger";
import { database } from "@/lib/db/client";
import { archives, plans } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import { compareArchives } from "@/lib/schema/compare";
import { dumpSchema } from "@/lib/schema/dump";
import { unpackArchive } from "@/lib/schema/store";
import { unpackDecisions } from "@/lib/schema/verdict-store";
import { openCredential } from "../credentials";
import { loadImport } from "../record";
import { storeObjects } from "../verdict";
import { overFor, type RunOver } from "./run-over";
import { dumpLimitMs } from "./step-budget";
import { whileRunning } from "./while-running";

/** Dumps the target as the source was dumped and compares the two, object by object. */
export async function verifyObjects(
  importId: string,
  run: number,
): Promise<{ objects: number; differences: number } | RunOver> {
  const record = await loadImport(importId);
  const { options } = record;
  const over = overFor(record, run);
  if (over) return over;
  const [[archive], [plan]] = await Promise.all([
    database().select({ body: archives.body }).from(archives).where(eq(archives.importId, importId)),
    database().select({ verdicts: plans.verdicts }).from(plans).where(eq(plans.importId, importId)),
  ]);
  if (options.verify === "none" || !archive || !plan) return { objects: 0, differences: 0 };
  const source = unpackArchive(archive.body);
  const spec = await openCredential(importId, "target");
  const dumped = await whileRunning(importId, run, (signal) =>
    dumpSchema({ spec, side: "target", timeoutMs: dumpLimitMs(options), signal }),
  );
  if ("over" in dumped) return dumped.over;
  await failpoint("verify.dumped");
  const compared = compareArchives(source, dumped.done, {
    ...unpackDecisions(plan.verdicts),
    ignoredSchemas: [LEDGER_SCHEMA],
  });
  const differences = compared.filter((difference) => difference.byDesign === null);
  await storeObjects(importId, source.entries.length, differences);
  await failpoint("verify.stored");
  return { objects: source.entries.length, differences: differences.length };
}
