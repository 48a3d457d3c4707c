import type { Client } from "pg";

/** What was in the target before the import made anything there: a cancel that clears up may take away none of it. */
export const FOUND_TABLE = `
  create table if not exists _ferry.found (
    import_id text not null,
    catalog oid not null,
    object oid not null,
    primary key (import_id, catalog, object)
  )`;

/** Catalogues of what can be dropped by its name; what Postgres itself brings has lower numbers. */
const CATALOGS = [
  ...["class", "proc", "type", "collation", "conversion", "operator", "opclass", "opfamily", "cast", "transform"],
  ...["ts_config", "ts_dict", "ts_parser", "ts_template", "foreign_data_wrapper", "foreign_server"],
  ...["event_trigger", "publication", "language", "am", "extension"],
];
const FIRST_OF_USERS = 16_384;

/** Schemas with those that every database has: `public` may be among what a dump would drop. */
const PRESENT = [
  "select 'pg_catalog.pg_namespace'::regclass::oid as catalog, oid as object from pg_catalog.pg_namespace where nspname !~ '^pg_(toast_)?temp_' and nspname <> '_ferry'",
  ...CATALOGS.map((name) => {
    const catalog = `pg_catalog.pg_${name}`;
    const lasting = name === "class" ? " and relkind in ('r', 'p', 'v', 'm', 'S', 'f') and relpersistence <> 't'" : "";
    return `select '${catalog}'::regclass::oid, oid from ${catalog} where oid >= ${FIRST_OF_USERS}${lasting}`;
  }),
].join(" union all ");

/** To be called before the first unit makes anything; when it has been noted, it is not noted again. */
export async function noteFound(target: Client, importId: string): Promise<void> {
  await target.query(
    `insert into _ferry.found
     select $1, p.catalog, p.object from (${PRESENT}) p
      where not exists (select from _ferry.found where import_id = $1)
         on conflict do nothing`,
    [importId],
  );
}

/** How much of what was found is not there any more; null where it was not noted. */
export async function missingOfFound(target: Client, importId: string): Promise<number | null> {
  const { rows } = await target.query<{ noted: number; missing: number }>(
    `select count(*)::int as noted, count(*) filter (where p.object is null)::int as missing
       from _ferry.found f
       left join (${PRESENT}) p on p.catalog = f.catalog and p.object = f.object
      where f.import_id = $1`,
    [importId],
  );
  const [row] = rows;
  return row && row.noted > 0 ? row.missing : null;
}
