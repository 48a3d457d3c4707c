import { sql } from "drizzle-orm";
import { boolean, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** Who may sign in. A former member stays as a row, since imports and the audit log name them, and may do nothing. */
export const users = pgTable(
  "users",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull().unique(),
    emailVerified: boolean("email_verified").notNull().default(false),
    image: text("image"),
    role: text("role").notNull().default("member"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  // Of two who set up a Ferry at the same moment one is refused, by the database.
  (table) => [uniqueIndex("users_one_owner").on(table.role).where(sql`role = 'owner'`)],
);

const userId = () =>
  text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** Signed in. A cookie holds the token with a signature that this table does not have: a copy of it opens nothing. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    token: text("token").notNull().unique(),
    userId: userId(),
    expiresAt: moment("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

/** How a user signs in: by a password, of which a hash is kept, or through GitHub, of whose tokens none is kept. */
export const accounts = pgTable(
  "accounts",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: userId(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("accounts_of_provider").on(table.providerId, table.accountId),
    index("accounts_user").on(table.userId),
  ],
);

/** What a sign-in through GitHub has under way. */
export const signInStates = pgTable(
  "sign_in_states",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("sign_in_states_identifier").on(table.identifier)],
);

/** A link that lets somebody in once: a new member, or a member who has lost the password. */
export const invites = pgTable(
  "invites",
  {
    id: text("id").primaryKey(),
    kind: text("kind").$type<"join" | "reset">().notNull(),
    email: text("email").notNull(),
    /** Whose password is set anew; null for somebody new. */
    userId: text("user_id").references(() => users.id, { onDelete: "cascade" }),
    tokenHash: text("token_hash").notNull().unique(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [index("invites_email").on(table.email)],
);

/** For scripts. Only a digest of the token is kept: a copy of this table opens nothing. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: text("id").primaryKey(),
    userId: userId(),
    name: text("name").notNull(),
    scope: text("scope").notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [index("api_tokens_user").on(table.userId)],
);

/** Who did what. Names are kept as they were then; nothing here is secret. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: text("id").primaryKey(),
    at: moment("at").notNull().defaultNow(),
    /** user, token, local or nobody. */
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    /** The id of what it was done to. */
    subject: text("subject"),
    detail: text("detail"),
    address: text("address"),
  },
  (table) => [index("audit_log_at").on(table.at)],
);
