import type { ProviderRules } from "./context";

/** By what a provider's server is known: one of them is enough. Nobody makes these by themselves. */
interface Marks {
  hosts?: RegExp;
  roles?: readonly string[];
  schemas?: readonly string[];
}

const rules = (name: string, marks: Marks, own: Partial<ProviderRules>): ProviderRules & { marks: Marks } => ({
  schemas: [],
  extensions: [],
  publications: [],
  eventTriggers: [],
  movedSchemas: {},
  ...own,
  name,
  marks,
});

/**
 * What providers keep in their customers' databases for themselves. Extensions are those that no other provider has:
 * left out where nothing uses them, and named where something does.
 */
export const PROVIDERS = {
  supabase: rules(
    "Supabase",
    { hosts: /\.supabase\.(?:co|com|net)$/, roles: ["supabase_admin"] },
    {
      schemas: [
        ...[
          "auth",
          "storage",
          "realtime",
          "_realtime",
          "vault",
          "graphql",
          "graphql_public",
          "pgsodium",
          "pgsodium_masks",
        ],
        ...["supabase_functions", "supabase_migrations", "pgbouncer", "net", "pgtle", "_analytics", "_supavisor"],
      ],
      extensions: ["pg_graphql", "pgsodium", "supabase_vault", "pg_net", "pgjwt", "pg_tle", "wrappers", "supautils"],
      publications: ["supabase_realtime", "supabase_realtime_messages_publication"],
      eventTriggers: [
        ...["issue_graphql_placeholder", "issue_pg_cron_access", "issue_pg_graphql_access", "issue_pg_net_access"],
        ...["pgrst_ddl_watch", "pgrst_drop_watch"],
      ],
    },
  ),
  heroku: rules(
    "Heroku",
    { schemas: ["heroku_ext", "_heroku"] },
    {
      schemas: ["_heroku"],
      eventTriggers: ["extension_before_drop", "log_create_ext", "log_drop_ext", "validate_extension"],
      movedSchemas: { heroku_ext: "public" },
    },
  ),
  rds: rules(
    "Amazon RDS",
    { hosts: /\.rds\.amazonaws\.com(?:\.cn)?$/, roles: ["rdsadmin"] },
    {
      schemas: ["rdsadmin"],
      extensions: [
        ...["rds_tools", "rds_activity_stream", "aws_commons", "aws_lambda", "aws_ml", "aws_s3", "apg_plan_mgmt"],
        ...["flow_control", "log_fdw", "pg_transport", "aurora_stat_utils"],
      ],
    },
  ),
  "cloud-sql": rules(
    "Cloud SQL",
    { roles: ["cloudsqladmin"] },
    {
      extensions: ["google_ml_integration", "google_vacuum_mgmt", "google_columnar_engine", "google_db_advisor"],
    },
  ),
  azure: rules(
    "Azure",
    { hosts: /\.postgres\.database\.azure\.com$/, roles: ["azure_pg_admin"] },
    {
      extensions: ["azure", "azure_ai", "azure_storage", "pgaadauth", "pg_availability", "pg_failover_slots"],
    },
  ),
  aiven: rules("Aiven", { hosts: /\.aivencloud\.com$/ }, { extensions: ["aiven_extras", "aiven_gatekeeper"] }),
  crunchy: rules(
    "Crunchy Bridge",
    { hosts: /\.postgresbridge\.com$/ },
    { schemas: ["crunchy_monitor"], extensions: ["crunchy_pooler", "pgpodman"] },
  ),
  neon: rules(
    "Neon",
    { hosts: /\.neon\.tech$/, roles: ["neon_superuser"] },
    { schemas: ["neon_auth", "neon_control_plane"], extensions: ["neon", "neon_utils"] },
  ),
} as const satisfies Record<string, ProviderRules & { marks: Marks }>;

export type ProviderWithRules = keyof typeof PROVIDERS;

export interface ProviderFacts {
  host: string;
  roles: readonly string[];
  schemas: readonly string[];
}

/** Whose server it is; null where nothing tells. Pure. */
export function recogniseProvider({ host, roles, schemas }: ProviderFacts): ProviderRules | null {
  const holds = (names: readonly string[], marks: readonly string[] = []) => marks.some((mark) => names.includes(mark));
  const known = Object.values(PROVIDERS).find(
    ({ marks }) => marks.hosts?.test(host.toLowerCase()) || holds(roles, marks.roles) || holds(schemas, marks.schemas),
  );
  return known ?? null;
}
