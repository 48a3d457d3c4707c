import { explain, toStored } from "@/lib/errors/describe";
import { redact } from "@/lib/security/redact";
import { wipeCredential } from "../credentials";
import { logEvent } from "../log";
import type { ImportRecord } from "../record";
import { targetOf } from "./targets";

/** Takes back what only the work needed, such as a larger compute. The import has arrived whether or not that works: the log says so. */
export async function releaseTarget(record: ImportRecord): Promise<void> {
  if (record.target.kind !== "neon") return;
  const words = "The branch's compute keeps the size that it had for the import; change it in the Neon console.";
  await orSay(record, words, async () => {
    const target = await targetOf(record);
    await target.release();
    if (record.options.testRun) return; // Nobody is to go there.
    const { direct, pooled } = await target.addresses();
    const hosts = pooled ? `${direct.host}, or through the pooler at ${pooled.host}` : direct.host;
    await logEvent(record.id, "info", "target.addresses", `Database ${direct.database} is reached at ${hosts}.`);
  });
}

/** The branch of a test run has served: what it has shown is kept, what it has copied is not. */
export async function discardTestRun(record: ImportRecord): Promise<void> {
  if (record.target.kind !== "neon") return;
  const words = "The test run's branch could not be deleted now; it deletes itself within a day.";
  await orSay(record, words, async () => {
    await (await targetOf(record)).discard();
    await logEvent(record.id, "info", "test_run.discarded", "The test run's branch is deleted.");
    await wipeCredential(record.id, "target");
  });
}

async function orSay({ id }: ImportRecord, words: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await logEvent(id, "warn", "target.left", `${redact(explain(toStored(error)).what)} ${words}`);
  }
}
