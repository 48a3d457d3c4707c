import type { Client } from "pg";
import { USER_RELATION } from "../inventory-sql";

/** How much of everything there is. */
export interface Contents {
  sequences: number;
  views: number;
  materializedViews: number;
  partitionedTables: number;
  inheritingTables: number;
  routines: number;
  triggers: number;
  policies: number;
  rules: number;
  types: number;
  publications: number;
  statistics: number;
  exclusionConstraints: number;
  deferrableConstraints: number;
  generatedColumns: number;
  identityColumns: number;
  /** Of sessions that are open now. */
  temporaryTables: number;
  subscriptions: string[];
}

const contentsSql = (major: number): string => `
  select every."temporaryTables", own.*, columns.*,
         (select count(distinct i.inhrelid)::int from pg_catalog.pg_inherits i
            join pg_catalog.pg_class c on c.oid = i.inhrelid and c.relkind = 'r' and not c.relispartition)
           as "inheritingTables",
         (select count(*)::int from pg_catalog.pg_proc p
           where p.oid >= 16384 and not exists (select 1 from pg_catalog.pg_depend d
                  where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
                          and d.refclassid = 'pg_catalog.pg_extension'::regclass)) as routines,
         (select count(*)::int from pg_catalog.pg_trigger where not tgisinternal) as triggers,
         (select count(*)::int from pg_catalog.pg_policy) as policies,
         (select count(*)::int from pg_catalog.pg_rewrite where oid >= 16384 and rulename <> '_RETURN') as rules,
         (select count(*)::int from pg_catalog.pg_type t
           where t.oid >= 16384 and t.typtype in ('d', 'e', 'r')
             and not exists (select 1 from pg_catalog.pg_depend d
                  where d.classid = 'pg_catalog.pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
                          and d.refclassid = 'pg_catalog.pg_extension'::regclass)) as types,
         (select count(*)::int from pg_catalog.pg_publication) as publications,
         (select count(*)::int from pg_catalog.pg_statistic_ext) as statistics,
         (select count(*)::int from pg_catalog.pg_constraint where contype = 'x' and oid >= 16384) as "exclusionConstraints",
         (select count(*)::int from pg_catalog.pg_constraint where condeferrable and contype <> 't' and oid >= 16384)
           as "deferrableConstraints",
         (select coalesce(json_agg(subname order by subname), '[]') from pg_catalog.pg_subscription
           where subdbid = (select oid from pg_catalog.pg_database where datname = current_database())) as subscriptions
    from (select count(*)::int as "temporaryTables"
            from pg_catalog.pg_class where relpersistence = 't' and relkind = 'r') every,
         (select count(*) filter (where relkind = 'S')::int as sequences,
                 count(*) filter (where relkind = 'v')::int as views,
                 count(*) filter (where relkind = 'm')::int as "materializedViews",
                 count(*) filter (where relkind = 'p')::int as "partitionedTables"
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
           where c.relkind in ('S', 'v', 'm', 'p') and ${USER_RELATION}) own,
         (select count(*) filter (where ${major >= 12 ? "attgenerated <> ''" : "false"})::int as "generatedColumns",
                 count(*) filter (where attidentity <> '')::int as "identityColumns"
            from pg_catalog.pg_attribute
           where attnum > 0 and attrelid >= 16384) columns`;

export async function readContents(client: Client, major: number): Promise<Contents> {
  const { rows } = await client.query<Contents>(contentsSql(major));
  const [contents] = rows;
  if (!contents) throw new Error("The server did not tell what it holds.");
  return contents;
}
