import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { StoredError } from "@/lib/errors/ferry-error";
import { moment, whole } from "./columns";

/** One row per import. `status` is set by the verbs of lib/imports only. JSON columns are typed by their owners. */
export const imports = pgTable(
  "imports",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    status: text("status").notNull(),
    options: jsonb("options").notNull(),
    source: jsonb("source").notNull(),
    target: jsonb("target").notNull(),
    /** Raised each time everything is read again under a new snapshot. */
    epoch: integer("epoch").notNull().default(1),
    /** Set by a keeper that found this epoch's snapshot gone and the source changed. */
    lostEpoch: integer("lost_epoch").notNull().default(0),
    /** How often it was started: a retry is another run of the same import. */
    run: integer("run").notNull().default(0),
    phase: text("phase").notNull().default("check"),
    error: jsonb("error").$type<StoredError>(),
    lastEventSeq: whole("last_event_seq").notNull().default(0),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** The id of a user, or `local`; null for what the command line made, and for what is older than accounts. */
    createdBy: text("created_by"),
    /** When the checks looked at both ends by the options as they are; null when these have changed since. */
    checkedAt: moment("checked_at"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
  },
  (table) => [index("imports_created_at").on(table.createdAt)],
);

/** Of which import a row is; it goes with it. */
export const importId = () =>
  text("import_id")
    .notNull()
    .references(() => imports.id, { onDelete: "cascade" });
