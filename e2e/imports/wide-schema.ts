import { query } from "@/e2e/imports/scene";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

export const TABLES = 120;
/** Tables, views and comments on each: three batches, with an index, a key and a reference per table to follow. */
export const WIDE_SCHEMA = `
  do $$
  declare remark text := repeat('what it is for ', 8);
  begin for n in 1..${TABLES} loop
    execute format('create table public.t%s (id int primary key, first int references public.t1, note text)', n);
    execute format('create index on public.t%s (note)', n);
    execute format('create view public.v%s as select id, note from public.t%s', n, n);
    execute format('comment on table public.t%1$s is %2$L; comment on column public.t%1$s.id is %2$L;
      comment on column public.t%1$s.first is %2$L; comment on column public.t%1$s.note is %2$L;
      comment on view public.v%1$s is %2$L; comment on column public.v%1$s.id is %2$L;
      comment on column public.v%1$s.note is %2$L', n, remark);
    execute format('insert into public.t%s select n, null, md5(n::text) from generate_series(1, 3) n', n);
  end loop; end $$`;
export const BATCHES = ["schema:1", "schema:2", "schema:3"];

const CENSUS = `
  select (select count(*)::int from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace) as tables,
         (select count(*)::int from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace) as views,
         (select count(*)::int from pg_index i join pg_class c on c.oid = i.indrelid
           where c.relnamespace = 'public'::regnamespace and indisvalid) as indexes,
         (select count(*)::int from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' and convalidated)
           as constraints,
         (select count(*)::int from pg_description where classoid = 'pg_class'::regclass and objoid >= 16384) as comments,
         (select sum((xpath('/row/count/text()',
                  query_to_xml(format('select count(*) from %s', oid::regclass), false, true, '')))[1]::text::int)::int
            from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace) as rows,
         array(select nspname::text from pg_namespace where nspname !~ '^pg_' order by 1) as schemas`;
/** What is there when all of it has arrived and nothing of Ferry's own is left. */
export const WHOLE = {
  tables: TABLES,
  views: TABLES,
  indexes: 2 * TABLES,
  constraints: 2 * TABLES,
  comments: 7 * TABLES,
  rows: 3 * TABLES,
  schemas: ["information_schema", "public"],
};

export const census = async (spec: ConnectionSpec) => (await query(spec, CENSUS))[0];

/** The batches that are done, and when they were: none while there is no ledger yet. */
export async function batchesDone(spec: ConnectionSpec): Promise<{ unit: string; at: string }[]> {
  const [{ there } = { there: false }] = await query<{ there: boolean }>(
    spec,
    "select to_regclass('_ferry.ledger') is not null as there",
  );
  if (!there) return [];
  return query(
    spec,
    "select unit_id as unit, done_at::text as at from _ferry.ledger where unit_id ~ '^schema:' order by unit_id",
  );
}

/** What is made twice has another oid. */
export const relations = (spec: ConnectionSpec) =>
  query(spec, "select oid, relname from pg_class where relnamespace = 'public'::regnamespace order by oid");
