import { boolean, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { StoredError } from "@/lib/errors/ferry-error";
import { moment } from "./columns";
import { importId } from "./imports-table";

/** One row per thing compared after the copy. */
export const verifications = pgTable(
  "verifications",
  {
    importId: importId(),
    kind: text("kind").notNull(),
    subject: text("subject").notNull(),
    equal: boolean("equal").notNull(),
    source: text("source"),
    target: text("target"),
    detail: text("detail"),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.kind, table.subject] })],
);

/** What a verification says: number 0 at the end of the import, the others later. */
export const reports = pgTable(
  "reports",
  {
    importId: importId(),
    number: integer("number").notNull(),
    at: moment("at").notNull().defaultNow(),
    /** The comparison of objects and of the first rows, until the whole report is made of it. */
    proof: jsonb("proof"),
    /** As lib/verify/report/report-schema.ts has it; null until it is made. */
    body: jsonb("body"),
    /** Signed, in the very letters that were signed. */
    statement: text("statement"),
    error: jsonb("error").$type<StoredError>(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.number] })],
);

/** With what statements are signed. The private half is sealed; the newest signs, and all are told. */
export const signingKeys = pgTable("signing_keys", {
  publicKey: text("public_key").primaryKey(),
  sealed: text("sealed").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
});
