import { boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { StoredError } from "@/lib/errors/ferry-error";
import type { Side } from "@/lib/postgres/connection-spec";
import type { StatementProgress } from "@/lib/postgres/statement-progress";
import { bytea, moment, whole } from "./columns";
import { importId } from "./imports-table";

export * from "./account-tables";
export { files } from "./files-table";
export { imports } from "./imports-table";
export * from "./report-tables";

/** What the plan knows of the tables: read whole, written once per epoch. */
export const plans = pgTable("plans", {
  importId: importId().primaryKey(),
  tables: jsonb("tables").notNull(),
  skipped: jsonb("skipped").notNull(),
  /** What the policy decided, compressed: the comparison goes by the same decisions. */
  verdicts: bytea("verdicts").notNull(),
  /** State of the source's objects under the snapshot, compressed; null where nothing is to be compared. */
  structure: bytea("structure"),
});

/** The smallest thing that is retried. Claimed by lanes, that with most behind it first. */
export const units = pgTable(
  "units",
  {
    importId: importId(),
    id: text("id").notNull(),
    kind: text("kind").notNull(),
    subject: text("subject").notNull(),
    payload: jsonb("payload").notNull(),
    cost: doublePrecision("cost").notNull(),
    /** The cost of the unit and of the longest chain that waits for it: what is begun late for want of it. */
    rank: doublePrecision("rank").notNull().default(0),
    state: text("state").notNull(),
    /** Units that must be done before this one; it is ready at zero. */
    waitingOn: integer("waiting_on").notNull(),
    lane: integer("lane"),
    leaseUntil: moment("lease_until"),
    /** Counts claims and never goes back: who was given the unit is told from others by it. */
    attempt: integer("attempt").notNull().default(0),
    /** Attempts that ended with an error and were tried again. */
    failures: integer("failures").notNull().default(0),
    /** Steps whose end came before the unit's. */
    overruns: integer("overruns").notNull().default(0),
    /** Its statement was begun on a session of its own, which may outlive the step; null otherwise. */
    detachedAt: moment("detached_at"),
    /** What the target says of the statement that is at work: see lib/postgres/statement-progress.ts. */
    statementProgress: jsonb("statement_progress").$type<StatementProgress>(),
    retryAt: moment("retry_at"),
    rowsDone: whole("rows_done").notNull().default(0),
    bytesDone: whole("bytes_done").notNull().default(0),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    result: jsonb("result"),
    error: jsonb("error").$type<StoredError>(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.id] }),
    index("units_claim").on(table.importId, table.state, table.waitingOn, table.cost),
  ],
);

export const unitEdges = pgTable(
  "unit_edges",
  {
    importId: importId(),
    unitId: text("unit_id").notNull(),
    dependsOn: text("depends_on").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.dependsOn, table.unitId] }),
    index("unit_edges_unit").on(table.importId, table.unitId),
  ],
);

/** Append-only log of an import, numbered without gaps. */
export const importEvents = pgTable(
  "import_events",
  {
    importId: importId(),
    seq: whole("seq").notNull(),
    at: moment("at").notNull().defaultNow(),
    level: text("level").notNull(),
    kind: text("kind").notNull(),
    message: text("message").notNull(),
    context: jsonb("context").notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.seq] })],
);

/** Who keeps the source's snapshot alive. A holder without a recent heartbeat is lost. */
export const snapshotHolders = pgTable(
  "snapshot_holders",
  {
    importId: importId(),
    epoch: integer("epoch").notNull(),
    generation: integer("generation").notNull(),
    /** The attempt that holds: a repeated step must not be taken for the first. */
    holder: text("holder").notNull(),
    snapshot: text("snapshot").notNull(),
    /** pg_current_snapshot() when it was taken: equal later means that nothing was written since. */
    horizon: text("horizon").notNull(),
    takenAt: moment("taken_at").notNull().defaultNow(),
    heartbeatAt: moment("heartbeat_at").notNull().defaultNow(),
    releasedAt: moment("released_at"),
    releaseAsked: boolean("release_asked").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.importId, table.epoch, table.generation, table.holder] })],
);

/** The schema as pg_dump tells it, compressed. */
export const archives = pgTable(
  "archives",
  {
    importId: importId(),
    side: text("side").$type<Side>().notNull(),
    /** Read last under the snapshot of this epoch, and found to be the same. */
    epoch: integer("epoch").notNull(),
    digest: text("digest").notNull(),
    body: bytea("body").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.side] })],
);

export const findings = pgTable(
  "findings",
  {
    importId: importId(),
    position: integer("position").notNull(),
    code: text("code").notNull(),
    severity: text("severity").notNull(),
    subject: text("subject"),
    message: text("message").notNull(),
    remedy: text("remedy"),
    sql: text("sql"),
  },
  (table) => [primaryKey({ columns: [table.importId, table.position] })],
);

/** A connection string, sealed; `sealed` is null once it is wiped. */
export const credentials = pgTable(
  "credentials",
  {
    importId: importId(),
    side: text("side").$type<Side>().notNull(),
    sealed: text("sealed"),
    createdAt: moment("created_at").notNull().defaultNow(),
    wipedAt: moment("wiped_at"),
  },
  (table) => [primaryKey({ columns: [table.importId, table.side] })],
);

/** Whose Neon account an import may use: the API key, sealed. */
export const neonAccounts = pgTable("neon_accounts", {
  /** Whose it is; `local` where a Ferry has no users. */
  ownerId: text("owner_id").primaryKey(),
  sealed: text("sealed").notNull(),
  /** The end of the key, by which people know it again. */
  lastFour: text("last_four").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
});

/** An import into Neon: where it goes, and what of that was asked for and made. JSON columns are typed by lib/target/neon. */
export const neonTargets = pgTable("neon_targets", {
  importId: importId().primaryKey(),
  ownerId: text("owner_id").notNull(),
  place: jsonb("place").notNull(),
  made: jsonb("made").notNull(),
});

/** Only a digest of the token is kept: a copy of this table opens nothing. */
export const shareLinks = pgTable(
  "share_links",
  {
    id: text("id").primaryKey(),
    importId: importId(),
    tokenHash: text("token_hash").notNull().unique(),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [index("share_links_import").on(table.importId)],
);

/** How often somebody has asked for something in the present window. The key is a digest: it names nobody. */
export const rateCounts = pgTable(
  "rate_counts",
  {
    key: text("key").primaryKey(),
    /** Of the window, in seconds since 1970. */
    began: whole("began").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [index("rate_counts_began").on(table.began)],
);

/** What was answered to a request that may come twice. Of the key and the request only digests are kept. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    key: text("key").primaryKey(),
    request: text("request").notNull(),
    /** Null while it is worked on. */
    answer: jsonb("answer"),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [index("idempotency_keys_at").on(table.at)],
);
