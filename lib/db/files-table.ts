import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { StoredError } from "@/lib/errors/ferry-error";
import { moment, whole } from "./columns";

/** Files that somebody has brought, to be imported from a staging database. JSON columns are typed by lib/files. */
export const files = pgTable(
  "files",
  {
    /** Cannot be guessed; the file on the disk, its database and its role are named by it. */
    id: text("id").primaryKey(),
    /** As whoever brought it calls it. */
    name: text("name").notNull(),
    createdBy: text("created_by"),
    /** Null while it is not known, as of a file that is fetched. */
    sizeBytes: whole("size_bytes"),
    state: text("state").notNull(),
    /** Who may set the state: each beginning takes the next number. */
    attempt: integer("attempt").notNull().default(0),
    /** How much of it has been loaded. */
    loadedBytes: whole("loaded_bytes").notNull().default(0),
    /** How it is to be read, as far as somebody has said so. */
    options: jsonb("options").notNull(),
    report: jsonb("report"),
    error: jsonb("error").$type<StoredError>(),
    /** The password of its database's role, and the address it is fetched from while it is. */
    sealed: text("sealed").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    changedAt: moment("changed_at").notNull().defaultNow(),
  },
  (table) => [index("files_changed_at").on(table.changedAt)],
);
