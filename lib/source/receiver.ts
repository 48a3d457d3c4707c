import type { Client } from "pg";
import { findFilled } from "@/lib/postgres/find-filled";
import { USER_RELATION } from "./inventory-sql";
import { readShape, type Shape, withPlainNames } from "./shape";

/** A foreign key of a database whose tables are to be filled. */
export interface ReceiverKey {
  schema: string;
  table: string;
  name: string;
  /** As `pg_get_constraintdef` writes it. */
  definition: string;
  references: { schema: string; name: string };
  comment: string | null;
  /** It is one of a partitioned table: then it cannot be added without a look at its rows. */
  partitioned: boolean;
  /** Both of its tables are this role's. */
  owned: boolean;
  /** False where a superuser has switched it off: nobody else could do that again. */
  enabled: boolean;
}

/** A trigger that is not Postgres' own. */
export interface ReceiverTrigger {
  schema: string;
  table: string;
  name: string;
  /** As in `pg_trigger.tgenabled`: O, D, R or A. */
  enabled: string;
  /** A partition's copy of its parent's, which before 15 only a superuser may switch off there. */
  fixed: boolean;
}

/** A populated materialized view. */
export interface ReceiverView {
  oid: number;
  schema: string;
  name: string;
  owned: boolean;
  /** The relations that it reads, through views too, with their kinds. */
  reads: { schema: string; name: string; kind: string }[];
}

export interface Standing {
  keys: ReceiverKey[];
  triggers: ReceiverTrigger[];
}

/** What a database says of itself that is to take rows into the tables that it has. Plain values: it can be stored. */
export interface Receiver extends Shape, Standing {
  views: ReceiverView[];
  /** Tables, of those that were asked for, that have rows. */
  filled: { schema: string; name: string }[];
}

const KEYS_SQL = `
  select n.nspname as schema, c.relname as "table", k.conname as name,
         pg_catalog.pg_get_constraintdef(k.oid) as definition,
         json_build_object('schema', rn.nspname, 'name', f.relname) as references,
         pg_catalog.obj_description(k.oid, 'pg_constraint') as comment,
         c.relkind = 'p' as partitioned,
         pg_has_role(c.relowner, 'usage') and pg_has_role(f.relowner, 'usage') as owned,
         not exists (select 1 from pg_catalog.pg_trigger t
                      where t.tgconstraint = k.oid and t.tgisinternal and t.tgenabled <> 'O') as enabled
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_class c on c.oid = k.conrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_class f on f.oid = k.confrelid
    join pg_catalog.pg_namespace rn on rn.oid = f.relnamespace
   where k.contype = 'f' and k.conparentid = 0 and ${USER_RELATION}
   order by 1, 2, 3`;

/** Before 15 a partition's copy of a trigger is marked as internal, like those that keep a foreign key. */
const TRIGGERS_SQL = `
  select n.nspname as schema, c.relname as "table", t.tgname as name, t.tgenabled::text as enabled,
         t.tgisinternal as fixed
    from pg_catalog.pg_trigger t
    join pg_catalog.pg_class c on c.oid = t.tgrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and (not t.tgisinternal or (t.tgparentid <> 0 and t.tgconstraint = 0)) and ${USER_RELATION}
   order by 1, 2, 3`;

const VIEWS_SQL = `
  with recursive step (relation, next) as (
    select r.ev_class, d.refobjid
      from pg_catalog.pg_rewrite r
      join pg_catalog.pg_class v on v.oid = r.ev_class and v.relkind in ('v', 'm')
      join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
                                 and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
    union
    select i.inhparent, i.inhrelid from pg_catalog.pg_inherits i
  ), reads (view, relation) as (
    select m.oid, step.next
      from step join pg_catalog.pg_class m on m.oid = step.relation and m.relkind = 'm' and m.relispopulated
    union
    select reads.view, step.next
      from reads
      join pg_catalog.pg_class v on v.oid = reads.relation and v.relkind <> 'm'
      join step on step.relation = reads.relation
  )
  select c.oid::int8::float8 as oid, n.nspname as schema, c.relname as name,
         pg_has_role(c.relowner, 'usage') as owned,
         coalesce((select json_agg(json_build_object('schema', xn.nspname, 'name', x.relname, 'kind', x.relkind))
                     from reads
                     join pg_catalog.pg_class x on x.oid = reads.relation
                     join pg_catalog.pg_namespace xn on xn.oid = x.relnamespace
                    where reads.view = c.oid), '[]'::json) as reads
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'm' and c.relispopulated and ${USER_RELATION}
   order by c.oid`;

/** The foreign keys and triggers that are there now. */
export const readStanding = (client: Client): Promise<Standing> =>
  withPlainNames(client, async () => {
    const keys = await client.query<ReceiverKey>(KEYS_SQL);
    const triggers = await client.query<ReceiverTrigger>(TRIGGERS_SQL);
    return { keys: keys.rows, triggers: triggers.rows };
  });

/** Of these names, the tables among them that are this role's are looked into. */
export async function readReceiver(
  client: Client,
  wanted: readonly { schema: string; name: string }[],
): Promise<Receiver> {
  const shape = await readShape(client);
  const standing = await readStanding(client);
  const views = await client.query<ReceiverView>(VIEWS_SQL);
  const asked = new Set(wanted.map(keyOf));
  const looked = shape.tables.filter((table) => table.kind === "r" && table.owned && asked.has(keyOf(table)));
  return { ...shape, ...standing, views: views.rows, filled: await findFilled(client, looked) };
}

const keyOf = ({ schema, name }: { schema: string; name: string }) => JSON.stringify([schema, name]);
