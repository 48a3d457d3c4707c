import type { Client } from "pg";
import type { PlannedTable } from "@/lib/plan/copy-plan";
import { type CopyPiece, type CopyToSplit, splitBundle, splitPart } from "@/lib/plan/split-copy";
import { measurePart } from "./measure";

/** Two units in the place of one, or null where it cannot be cut: a page, a table without a key. */
export async function cutCopy(
  source: Client,
  unit: CopyToSplit,
  tables: ReadonlyMap<number, PlannedTable>,
): Promise<CopyPiece[] | null> {
  const bundles = splitBundle(unit, (oid) => tables.get(oid)?.bytes ?? 0);
  const [part] = unit.parts;
  if (bundles || !part) return bundles;
  return splitPart(unit, await measurePart(source, part));
}
