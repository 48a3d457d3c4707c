import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { FerryError } from "@/lib/errors/ferry-error";
import { makeFolder, serverPlace } from "./postgres";
import { readPrivateJson, writePrivateJson } from "./private-json";

const recordSchema = z.object({ home: z.string(), place: z.string() });

/**
 * Where a home's servers keep their data: inside it, or, when their user cannot get there, in a folder of the
 * system's. That choice is written down, so that it holds when permissions change or the home is moved.
 */
export async function homeServersDir(homePath: string): Promise<string> {
  const inside = join(homePath, "postgres");
  const recordPath = join(homePath, "servers.json");
  const record = await readPrivateJson(recordPath, recordSchema);
  if (record && belongsTo(record, homePath)) {
    if (record.home !== homePath) await writePrivateJson(recordPath, { ...record, home: homePath });
    makeFolder(record.place);
    return record.place;
  }
  const used = existsSync(inside);
  const place = serverPlace(inside, homePath + randomBytes(8).toString("hex"));
  if (place === inside) return inside;
  if (used)
    throw new FerryError("embedded.server_failed", { reason: `the servers' user cannot enter ${inside} any more` });
  await writePrivateJson(recordPath, { home: homePath, place });
  return place;
}

/** A moved home keeps its servers' data; a copied one must not share them with the original. */
function belongsTo(record: { home: string }, homePath: string): boolean {
  return record.home === homePath || !existsSync(record.home);
}
