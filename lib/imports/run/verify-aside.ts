import { type Aside, asideDifferences } from "@/lib/plan/data-only/aside";
import { withSession } from "@/lib/postgres/session";
import { readStanding } from "@/lib/source/receiver";
import type { ReportObjects } from "@/lib/verify/report/report-schema";
import { findPlannedAside } from "../aside-record";
import { openCredential } from "../credentials";
import type { ImportRecord } from "../record";
import { storeProof } from "../report-record";
import { storeProofRows } from "../verdict";
import type { RunOver } from "./run-over";
import { smokeOfUnits } from "./smoke-unit";
import { whileRunning } from "./while-running";

/**
 * Where only rows came, the schema is the target's own and not compared. What was put aside there has to be back as it
 * was; with it the first rows of each table.
 */
export async function verifyAside(
  { id: importId }: Pick<ImportRecord, "id">,
  run: number,
): Promise<{ objects: number; differences: number } | RunOver> {
  const spec = await openCredential(importId, "target");
  const session = { side: "target", name: `ferry ${importId} verify` } as const;
  const read = await whileRunning(importId, run, () =>
    Promise.all([findPlannedAside(importId), withSession(spec, session, readStanding), smokeOfUnits(importId)]),
  );
  if ("over" in read) return read.over;
  const [planned, standing, smoke] = read.done;
  const { aside } = planned ?? {};
  const differences = aside ? asideDifferences(aside, standing) : [];
  const objects: ReportObjects = {
    ...{ kinds: [], states: aside ? statesOf(aside) : [], byDesign: [], leftOut: [] },
    differences: differences.map((difference) => ({ code: "aside.different", ...difference, detail: null })),
  };
  const proof = { objects, smoke };
  await storeProofRows(importId, proof);
  await storeProof(importId, proof);
  return { objects: 0, differences: differences.length + smoke.differences.length };
}

const statesOf = ({ keys, triggers }: Aside): ReportObjects["states"] =>
  [
    { what: "foreign keys put back as they were", count: keys.length },
    { what: "triggers put back as they were", count: triggers.length },
  ].filter(({ count }) => count > 0);
