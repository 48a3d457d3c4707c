import { sql } from "drizzle-orm";
import { type Database, database, type Transaction } from "@/lib/db/client";
import { redact } from "@/lib/security/redact";

export type EventLevel = "info" | "warn" | "error";

export interface LogLine {
  level: EventLevel;
  kind: string;
  message: string;
  /** What is not for reading: whoever goes on with it finds it here. */
  context?: Record<string, boolean>;
}

/**
 * Adds a line to the import's log, in the transaction of what it tells of: a process that dies leaves both or neither.
 * Numbers have no gaps: a reader that saw 7 knows that 8 is next.
 */
export async function writeLine(db: Database | Transaction, importId: string, line: LogLine): Promise<void> {
  const { level, kind, message, context = {} } = line;
  await db.execute(sql`
    with numbered as (
      update imports set last_event_seq = last_event_seq + 1 where id = ${importId} returning last_event_seq)
    insert into import_events (import_id, seq, level, kind, message, context)
    select ${importId}, last_event_seq, ${level}, ${kind}, ${redact(message)}, ${JSON.stringify(context)}::jsonb
      from numbered`);
}

/** A line that tells of nothing stored here. */
export async function logEvent(importId: string, level: EventLevel, kind: string, message: string): Promise<void> {
  await writeLine(database(), importId, { level, kind, message });
}
