import { FerryError } from "@/lib/errors/ferry-error";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { openCredential } from "./credentials";
import { type ImportRecord, loadImport } from "./record";
import { targetOf } from "./run/targets";

/** The target's connection strings with their password: made only when somebody who may asks for them. */
export async function revealTarget({ id }: { id: string }): Promise<{ url: string; pooledUrl: string | null }> {
  const url = connectionUrl(await openCredential(id, "target"));
  const record = await loadImport(id);
  return { url, pooledUrl: record.target.kind === "neon" ? await pooledUrl(record) : null };
}

/** Neon tells it; null where Ferry has no key any more to ask with. */
async function pooledUrl(record: ImportRecord): Promise<string | null> {
  try {
    const { pooled } = await (await targetOf(record)).addresses();
    return pooled && connectionUrl(pooled);
  } catch (error) {
    if (error instanceof FerryError && error.code === "neon.no_key") return null;
    throw error;
  }
}
