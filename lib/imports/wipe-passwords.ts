import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { FerryError } from "@/lib/errors/ferry-error";
import { wipeCredential } from "./credentials";
import { logEvent } from "./log";
import { loadImport } from "./record";
import { hasEnded } from "./status";

/** How long passwords are kept after an import has ended, or after a draft was last looked at: see SECURITY.md. */
export const KEPT_HOURS = 24;

/** At once, for who does not want to wait: from now on nobody can reach either end with what Ferry has. */
export async function wipePasswordsNow({ id }: { id: string }): Promise<void> {
  const { status, target } = await loadImport(id);
  if (!hasEnded(status)) throw new FerryError("import.wrong_state", { status, verb: "made to forget its passwords" });
  await wipeCredential(id, "source");
  if (target.kind !== "local") await wipeCredential(id, "target");
  await logEvent(id, "info", "passwords.wiped", "Ferry has forgotten the passwords of both sides, as it was asked to.");
}

/**
 * Forgets the passwords of imports that have ended, and of drafts that nobody has begun, a day later. What was sealed
 * anew since, for another comparison, has a day of its own. A database that Ferry made on its own server keeps its
 * address, of which the password is Ferry's. May be repeated; returns how many were forgotten.
 */
export async function wipeOldPasswords(only?: string): Promise<number> {
  const { rowCount } = await database().execute(sql`
    update credentials c set sealed = null, wiped_at = now()
      from imports i
     where i.id = c.import_id and c.sealed is not null
       and ${only === undefined ? sql`true` : sql`i.id = ${only}`}
       and i.status in ('draft', 'blocked', 'succeeded', 'differences', 'failed', 'cancelled')
       and not (c.side = 'target' and i.target ->> 'kind' = 'local')
       and greatest(c.created_at, i.finished_at, i.checked_at) < now() - ${KEPT_HOURS} * interval '1 hour'`);
  return rowCount ?? 0;
}

const SWEEP_MS = 10 * 60_000;

/** For a process that lives on. Elsewhere the engine comes a day after an import's end, and whoever looks at the list. */
export function keepWiping(): void {
  // What fails is tried again by the next sweep.
  setInterval(() => void wipeOldPasswords().catch(() => {}), SWEEP_MS).unref();
}
