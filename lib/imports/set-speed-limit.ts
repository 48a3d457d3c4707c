import { eq, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { importOptionsSchema } from "@/lib/plan/options";
import { writeLine } from "./log";
import { loadImport } from "./record";
import { hasEnded } from "./status";

export const speedLimitSchema = importOptionsSchema.pick({ maxMegabytesPerSecond: true }).required();

export interface SpeedLimit {
  id: string;
  /** Null takes the limit away. */
  maxMegabytesPerSecond: number | null;
}

/** How fast the source may be read. Lanes at work learn of it within a second. */
export async function setSpeedLimit({ id, maxMegabytesPerSecond }: SpeedLimit): Promise<void> {
  const { status, options } = await loadImport(id);
  if (hasEnded(status) && status !== "failed" && status !== "blocked") {
    throw new FerryError("import.wrong_state", { status, verb: "slowed down" });
  }
  if (options.maxMegabytesPerSecond === maxMegabytesPerSecond) return;
  const changed = sql`${imports.options} || ${JSON.stringify({ maxMegabytesPerSecond })}::jsonb`;
  const words = maxMegabytesPerSecond === null ? "No speed limit." : `Speed limit: ${maxMegabytesPerSecond} MB/s.`;
  await database().transaction(async (tx) => {
    await tx.update(imports).set({ options: changed }).where(eq(imports.id, id));
    await writeLine(tx, id, { level: "info", kind: "speed.limit", message: words });
  });
}
