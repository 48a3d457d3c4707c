import { ulid } from "ulid";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { openCredential, storeCredential } from "./credentials";
import { openImportsAccount } from "./neon/account";
import { loadNeonTarget } from "./neon/notes";
import { readNeonEnd } from "./neon/place";
import { loadImport } from "./record";
import { startImport } from "./start-import";
import { storeTargetChoice } from "./target-choice";

/**
 * Does what a draft would do, into a branch that is deleted afterwards. It is an import of its own, so the draft stays
 * as it is; how long it took is told by `testRunEstimate`.
 */
export async function startTestRun({ id, by }: { id: string; by: string | null }): Promise<{ id: string }> {
  const { name, status, options, source, target } = await loadImport(id);
  if (target.kind !== "neon") throw new FerryError("target.cannot", { place: "this target", verb: "tried out" });
  if (status !== "draft") throw new FerryError("import.wrong_state", { status, verb: "tried out" });
  const testId = ulid();
  const { owner, place } = await loadNeonTarget(id);
  const [account, spec] = await Promise.all([openImportsAccount(owner, id), openCredential(id, "source")]);
  const neon = await readNeonEnd(account, { kind: "neon", project: place.project }, testId, source.database);
  const { target: made, address } = neon;
  await database().transaction(async (tx) => {
    await tx.insert(imports).values({
      ...{ id: testId, name, status: "draft", source, createdBy: by },
      options: { ...options, testRun: true },
      target: { ...address, version: target.version },
    });
    await storeCredential(tx, testId, "source", spec);
    await storeTargetChoice(tx, testId, { target: made, spec: null, address, neon }, place.sourceBytes);
  });
  await startImport({ id: testId });
  return { id: testId };
}
