import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import type { OidRange } from "@/lib/plan/unit";
import { quoteLiteral } from "@/lib/postgres/quote";
import type { LedgerKey } from "./ledger";

/** Takes away what an earlier epoch brought of a range: what is read again may have gone from the source meanwhile. */
const UNDO = `
  with brought as (
       delete from _ferry.large_objects
        where import_id = $1 and epoch < $2 and oid >= $3::oid and ($4::oid is null or oid < $4::oid)
       returning oid)
  select lo_unlink(m.oid)
    from brought join pg_catalog.pg_largeobject_metadata m on m.oid = brought.oid`;

const TAKEN = `
  select m.oid::int8::float8 as oid
    from pg_catalog.pg_largeobject_metadata m
   where m.oid = any ($1::oid[])
   order by m.oid limit 1`;

const MAKE = `
  with made as (
       insert into _ferry.large_objects (import_id, epoch, oid)
       select $1, $2, oid from unnest($3::oid[]) as object (oid)
       returning oid)
  select lo_create(oid) from made`;

const COMMENTS = `
  select objoid::int8::float8 as oid, description
    from pg_catalog.pg_description
   where classoid = 'pg_catalog.pg_largeobject'::regclass and objoid = any ($1::oid[])`;

export interface ObjectsToMake {
  source: Client;
  target: Client;
  key: LedgerKey;
  range: OidRange;
  oids: number[];
}

/**
 * Makes a range's objects on the target, empty, with the source's oids and comments, in the caller's transaction. The
 * ledger remembers whose they are: one that is not Ferry's own is never touched.
 */
export async function makeObjects({ source, target, key, range, oids }: ObjectsToMake): Promise<void> {
  await target.query(UNDO, [key.importId, key.epoch, range.from, range.to]);
  if (oids.length === 0) return;
  const taken = await target.query<{ oid: number }>(TAKEN, [oids]);
  const [other] = taken.rows;
  if (other) throw new FerryError("large_objects.taken", { subject: `large object ${other.oid}` });
  await target.query(MAKE, [key.importId, key.epoch, oids]);
  const comments = await source.query<{ oid: number; description: string }>(COMMENTS, [oids]);
  for (const { oid, description } of comments.rows) {
    await target.query(`comment on large object ${oid} is ${quoteLiteral(description)}`);
  }
}

const OBJECTS_AT_ONCE = 500;
const UNLINK = `
  with brought as (
       delete from _ferry.large_objects
        where import_id = $1 and oid in (select oid from _ferry.large_objects where import_id = $1 limit ${OBJECTS_AT_ONCE})
       returning oid),
  gone as (
       select lo_unlink(m.oid) from brought join pg_catalog.pg_largeobject_metadata m on m.oid = brought.oid)
  select (select count(*) from brought)::int as brought, (select count(*) from gone) as gone`;

/** Takes away every large object that the import has made: a part at a time, since each takes a lock. */
export async function unlinkOwnObjects(target: Client, importId: string): Promise<void> {
  for (;;) {
    const { rows } = await target.query<{ brought: number }>(UNLINK, [importId]);
    if (!rows[0]?.brought) return;
  }
}
