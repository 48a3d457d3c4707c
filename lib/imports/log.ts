import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { redact } from "@/lib/security/redact";

export type EventLevel = "info" | "warn" | "error";

/** Adds a line to the import's log. Numbers have no gaps: a reader that saw 7 knows that 8 is next. */
export async function logEvent(importId: string, level: EventLevel, kind: string, message: string): Promise<void> {
  await database().execute(sql`
    with numbered as (
      update imports set last_event_seq = last_event_seq + 1 where id = ${importId} returning last_event_seq)
    insert into import_events (import_id, seq, level, kind, message, context)
    select ${importId}, last_event_seq, ${level}, ${kind}, ${redact(message)}, '{}'::jsonb from numbered`);
}
