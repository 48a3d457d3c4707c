import type { Client } from "pg";
import { USER_RELATION } from "../inventory-sql";

export interface OfTable {
  schema: string;
  table: string;
  name: string;
}

/** What is unusual about tables, columns, indexes and constraints. */
export interface Peculiarities {
  /** Checks and foreign keys that were never proven for all rows. */
  notValid: OfTable[];
  /** What a failed CREATE INDEX CONCURRENTLY leaves behind. */
  invalidIndexes: OfTable[];
  /** Foreign keys into another schema. */
  foreignKeysAcross: (OfTable & { toSchema: string; toTable: string })[];
  /** Names with quotes or line breaks in them, or of the greatest length. */
  awkwardNames: { kind: string; schema: string | null; name: string }[];
}

/** One that is awkward is worth a word, and of very many a few. */
const MOST = 1_000;

/** By LIKE, which is the fastest way through the hundreds of thousands of columns that there may be. */
const HAS_ODD_LETTER = (name: string) => `(${name} like '%"%' or ${name} like E'%\\n%')`;
const AWKWARD = (name: string) => `(${HAS_ODD_LETTER(name)} or octet_length(${name}::text) = 63)`;

const PECULIARITIES_SQL = `
  with constraints as (
    select k.contype, k.convalidated, k.conname as name, n.nspname as schema, c.relname as table, k.confrelid
      from pg_catalog.pg_constraint k
      join pg_catalog.pg_class c on c.oid = k.conrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where k.contype in ('c', 'f') and ${USER_RELATION}
  )
  select (select coalesce(json_agg(json_build_object('schema', schema, 'table', "table", 'name', name)
                                   order by schema, "table", name), '[]')
            from (select * from constraints where not convalidated limit ${MOST}) k) as "notValid",
         (select coalesce(json_agg(json_build_object('schema', n.nspname, 'table', c.relname, 'name', x.relname)
                                   order by n.nspname, x.relname), '[]')
            from pg_catalog.pg_index i
            join pg_catalog.pg_class x on x.oid = i.indexrelid and x.relkind = 'i'
            join pg_catalog.pg_class c on c.oid = i.indrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
           where not (i.indisvalid and i.indisready) and ${USER_RELATION}) as "invalidIndexes",
         (select coalesce(json_agg(json_build_object('schema', k.schema, 'table', k.table, 'name', k.name,
                                   'toSchema', n.nspname, 'toTable', c.relname) order by k.schema, k.table, k.name), '[]')
            from (select * from constraints where contype = 'f') k
            join pg_catalog.pg_class c on c.oid = k.confrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname <> k.schema) as "foreignKeysAcross",
         (select coalesce(json_agg(json_build_object('kind', kind, 'schema', schema, 'name', name)
                                   order by schema, name), '[]')
            from (select 'relation' as kind, n.nspname as schema, c.relname as name
                    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                   where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${AWKWARD("c.relname")} and ${USER_RELATION}
                  union all
                  select 'schema', null, nspname from pg_catalog.pg_namespace where ${AWKWARD("nspname")}
                  union all
                  select 'column', n.nspname, c.relname || '.' || a.attname
                    from (select attrelid, attname from pg_catalog.pg_attribute
                           where attnum > 0 and attrelid >= 16384 and not attisdropped and ${HAS_ODD_LETTER("attname")}
                           offset 0) a
                    join pg_catalog.pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v', 'm', 'f')
                    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                   where ${USER_RELATION}
                  limit ${MOST}) names) as "awkwardNames"`;

export async function readPeculiarities(client: Client): Promise<Peculiarities> {
  const { rows } = await client.query<Peculiarities>(PECULIARITIES_SQL);
  const [found] = rows;
  if (!found) throw new Error("The server did not tell its constraints.");
  return found;
}
