import type { Client } from "pg";

/** What the server is set to, as far as an import depends on it. */
export interface ServerSettings {
  /** Who orders text: `libc`, `icu` or `builtin`. */
  localeProvider: string;
  locale: string;
  /** Set where the library that orders text is of another version than when the database was made. */
  collationDrift: { recorded: string; actual: string } | null;
  /** Limits that are on although the session has turned them off. */
  timeouts: { name: string; setting: string }[];
  /** Minutes after which the server throws rows away that an old snapshot still needs; null where it never does. */
  snapshotTooOldMinutes: number | null;
  /** Sessions that the role, or the database, still allows; null without such a limit. */
  freeForRole: number | null;
  freeInDatabase: number | null;
  /** Tablespaces that hold something of this database, beside its own. */
  tablespaces: { name: string; relations: number }[];
}

const locale = (major: number): string => {
  if (major >= 17) return "coalesce(d.datlocale, d.datcollate)";
  return major >= 15 ? "coalesce(d.daticulocale, d.datcollate)" : "d.datcollate";
};

const settingsSql = (major: number): string => `
  select ${major >= 15 ? "case d.datlocprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end" : "'libc'"} as "localeProvider",
         ${locale(major)} as locale,
         ${
           major >= 15
             ? `case when d.datcollversion <> pg_database_collation_actual_version(d.oid) then
                  json_build_object('recorded', d.datcollversion, 'actual', pg_database_collation_actual_version(d.oid)) end`
             : "null"
         } as "collationDrift",
         (select coalesce(json_agg(json_build_object('name', name, 'setting', setting || coalesce(unit, '')) order by name), '[]')
            from pg_catalog.pg_settings
           where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout',
                          'transaction_timeout')
             and setting <> '0' and not (name || '=' || setting = any ($1::text[]))) as timeouts,
         (select setting::int from pg_catalog.pg_settings where name = 'old_snapshot_threshold' and setting <> '-1')
           as "snapshotTooOldMinutes",
         case when r.rolconnlimit >= 0 and not r.rolsuper then r.rolconnlimit
           - (select count(*)::int from pg_catalog.pg_stat_activity where usesysid = r.oid and backend_type = 'client backend')
           end as "freeForRole",
         case when d.datconnlimit >= 0 and not r.rolsuper then d.datconnlimit
           - (select count(*)::int from pg_catalog.pg_stat_activity where datid = d.oid and backend_type = 'client backend')
           end as "freeInDatabase",
         (select coalesce(json_agg(json_build_object('name', t.spcname, 'relations', c.relations) order by t.spcname), '[]')
            from (select reltablespace, count(*)::int as relations from pg_catalog.pg_class
                   where reltablespace <> 0 and oid >= 16384 and relkind in ('r', 'p', 'i', 'I', 'm') group by 1) c
            join pg_catalog.pg_tablespace t on t.oid = c.reltablespace and t.spcname <> 'pg_global') as tablespaces
    from pg_catalog.pg_database d, pg_catalog.pg_roles r
   where d.datname = current_database() and r.rolname = current_user`;

/** `own` are limits that the session has given itself, such as `lock_timeout=1000`: they are not the server's doing. */
export async function readSettings(client: Client, major: number, own: string[] = []): Promise<ServerSettings> {
  const { rows } = await client.query<ServerSettings>(settingsSql(major), [own]);
  const [settings] = rows;
  if (!settings) throw new Error("The server did not tell its settings.");
  return settings;
}
