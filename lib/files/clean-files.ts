import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import { takeAway } from "./bring-file";
import { isFileId } from "./file-record";
import { deleteFile, filesOnDisk } from "./files-home";
import { hasFiles } from "./has-files";
import { loadInterrupted } from "./load-task";

/** After an import that has succeeded nobody needs the file but who compares again. */
const KEPT_AFTER_SUCCESS_HOURS = 24;
/** What was brought and not imported, or failed to be. */
const KEPT_HOURS = 7 * 24;
const SWEEP_MS = 10 * 60_000;

/** Files that nobody is going to import any more. One that an import is at work on stays, however long it takes. */
export async function cleanFiles(): Promise<number> {
  const { rows } = await database().execute<{ id: string }>(sql`
    select f.id
      from files f
      left join imports i on i.source ->> 'file' = f.id
     group by f.id
    having count(*) filter (where i.status in ('queued', 'running', 'paused')) = 0
       and greatest(f.changed_at, max(i.created_at), max(i.finished_at), max(i.checked_at))
           < now() - interval '1 hour' * case
             when count(i.id) > 0 and bool_and(i.status in ('succeeded', 'cancelled')) then ${KEPT_AFTER_SUCCESS_HOURS}::int
             else ${KEPT_HOURS}::int end`);
  for (const { id } of rows) await takeAway(id);
  return rows.length;
}

/** What a process left on the disk that died between the file and its row. */
async function sweepFolder(): Promise<void> {
  const names = await filesOnDisk();
  const { rows } = await database().execute<{ id: string }>(sql`select id from files`);
  const known = new Set(rows.map(({ id }) => id));
  for (const name of names) if (isFileId(name) && !known.has(name)) await deleteFile(name);
}

/** For the one process of an embedded Ferry that lives on. */
export async function keepFiles(): Promise<void> {
  if (!hasFiles()) return;
  const tell = (error: unknown) => console.error(redact(messageOf(error)));
  await sweepFolder().catch(tell);
  await loadInterrupted().catch(tell);
  setInterval(() => void cleanFiles().catch(tell), SWEEP_MS).unref();
}
