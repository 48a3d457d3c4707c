import { env } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { parseConnectionString } from "@/lib/source/connection-string";
import { localTarget } from "@/lib/target/local/local";
import type { Target } from "@/lib/target/target";
import { urlTarget } from "@/lib/target/url";
import { openCredential } from "../credentials";
import { neonTargetOf } from "../neon/place";
import type { ImportRecord } from "../record";

/** The server on which local targets are made, or an error where this Ferry carries none. */
export function localServer(): ConnectionSpec {
  const url = env().FERRY_LOCAL_TARGET_URL;
  if (!url) throw new FerryError("input.invalid", { reason: "this Ferry has no server of its own for targets" });
  return { ...parseConnectionString(url), isOwn: true };
}

/** The place where an import lands, by the contract that all places share. */
export async function targetOf(record: Pick<ImportRecord, "id" | "target" | "options">): Promise<Target> {
  if (record.target.kind === "neon") return neonTargetOf(record.id, record.options.testRun);
  if (record.target.kind === "local") return localTarget(localServer(), record.target.database);
  if (record.target.kind === "unchosen") throw new FerryError("import.no_target");
  return urlTarget(await openCredential(record.id, "target"));
}

/** Null while a draft does not say where it is to land: checks then look at the source alone. */
export const targetIfChosen = async (record: ImportRecord): Promise<Target | null> =>
  record.target.kind === "unchosen" ? null : targetOf(record);
