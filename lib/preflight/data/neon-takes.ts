import type { PolicyTarget, TargetRole } from "@/lib/schema/policy/context";
import type { TargetFacts } from "@/lib/target/target";
import { neonExtension, neonExtensionNames } from "./neon-extensions";

/** Roles that every branch has, with the version that brought them: Neon's own, and Postgres'. */
const ROLES: readonly [name: string, since: number, membership: TargetRole["membership"]][] = [
  ["cloud_admin", 14, "none"],
  ["neon_superuser", 14, "member"],
  ["postgres", 14, "none"],
  ["pg_checkpoint", 15, "none"],
  ["pg_create_subscription", 16, "member"],
  ["pg_database_owner", 14, "none"],
  ["pg_execute_server_program", 14, "none"],
  ["pg_maintain", 17, "none"],
  ["pg_monitor", 14, "member"],
  ["pg_read_all_data", 14, "member"],
  ["pg_read_all_settings", 14, "member"],
  ["pg_read_all_stats", 14, "member"],
  ["pg_read_server_files", 14, "none"],
  ["pg_signal_autovacuum_worker", 18, "none"],
  ["pg_signal_backend", 14, "member"],
  ["pg_stat_scan_tables", 14, "member"],
  ["pg_use_reserved_connections", 16, "none"],
  ["pg_write_all_data", 14, "member"],
  ["pg_write_server_files", 14, "none"],
];

/** What a branch of a project that is not made yet will be able to take: as each of Neon's is, by its version. Pure. */
export function neonTakes({ versionNumber, database, user }: TargetFacts): PolicyTarget {
  const major = Math.floor(versionNumber / 10_000);
  return {
    ...{ versionNumber, database, user },
    isSuperuser: false,
    mayCreateRoles: true,
    isNeon: true,
    extensions: neonExtensionNames.flatMap((name) => {
      const version = neonExtension(name, major)?.version;
      const installed = name === "plpgsql" && version ? { version, schema: "pg_catalog" } : null;
      return version ? [{ name, defaultVersion: version, versions: [version], installed, trusted: true }] : [];
    }),
    roles: [
      { name: user, membership: "member" },
      ...ROLES.filter(([, since]) => since <= major).map(([name, , membership]) => ({ name, membership })),
    ],
    schemas: ["information_schema", "pg_catalog", "pg_toast", "public"],
    languages: [
      { name: "c", trusted: false },
      { name: "internal", trusted: false },
      { name: "plpgsql", trusted: true },
      { name: "sql", trusted: true },
    ],
    accessMethods: ["heap"],
    settings: null,
  };
}
