import { provider } from "../provider";

const SESSION_POOLER =
  "Supabase's direct host has an IPv6 address only: where Ferry has none, use the session pooler, which the Connect dialog shows as aws-…pooler.supabase.com with port 5432, or buy the project's IPv4 add-on.";

export const supabase = provider({
  id: "supabase",
  name: "Supabase",
  asOf: "2026-11-21",
  sources: [
    "https://supabase.com/docs/guides/database/connecting-to-postgres",
    "https://supabase.com/docs/guides/database/replication/faq",
    "https://github.com/supabase/postgres",
  ],
  marks: { hosts: /\.supabase\.(?:co|com|net|red)$/, roles: ["supabase_admin"] },
  addresses: [
    {
      host: /\.pooler\.supabase\.com$/,
      port: 6543,
      kind: "transaction",
      direct: { port: 5432 },
      advice: "Port 6543 is Supabase's transaction pooler; port 5432 of the same host keeps sessions.",
    },
    {
      host: /\.supabase\.co$/,
      port: 6543,
      kind: "transaction",
      direct: { port: 5432 },
      advice: "Port 6543 is Supabase's transaction pooler; port 5432 of the same host is the server itself.",
    },
    { host: /\.pooler\.supabase\.com$/, kind: "session", advice: "Supabase's session pooler keeps sessions." },
    { host: /^db\..+\.supabase\.co$/, kind: "ipv6", advice: SESSION_POOLER },
  ],
  schemas: [
    ...["auth", "storage", "realtime", "_realtime", "vault", "graphql", "graphql_public", "pgsodium"],
    ...["pgsodium_masks", "supabase_functions", "supabase_migrations", "pgbouncer", "net", "pgtle"],
    ...["_analytics", "_supavisor"],
  ],
  extensions: ["pg_graphql", "pgsodium", "supabase_vault", "pg_net", "pgjwt", "pg_tle", "wrappers", "supautils"],
  publications: ["supabase_realtime", "supabase_realtime_messages_publication"],
  eventTriggers: [
    ...["issue_graphql_placeholder", "issue_pg_cron_access", "issue_pg_graphql_access", "issue_pg_net_access"],
    ...["pgrst_ddl_watch", "pgrst_drop_watch"],
  ],
  // They read the claims of a request from settings, and policies and defaults everywhere call them.
  keptFunctions: ["auth.uid()", "auth.role()", "auth.email()", "auth.jwt()"],
  roles: [
    ...["supabase_admin", "supabase_auth_admin", "supabase_storage_admin", "supabase_functions_admin"],
    ...["supabase_realtime_admin", "supabase_replication_admin", "supabase_read_only_user", "supabase_etl_admin"],
    ...["dashboard_user", "pgbouncer", "pgsodium_keyholder", "pgsodium_keyiduser", "pgsodium_keymaker"],
  ],
  replication:
    "It is on already, with wal_level = logical. Use the direct connection: no pooler passes replication on.",
  certificate: "Download it in the Supabase dashboard under Database, Settings, SSL Configuration.",
  allowList: "Supabase dashboard, Database, Settings, Network Restrictions.",
});
