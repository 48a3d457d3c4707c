import { shapeSql } from "../shape";

const ORDERS = 8_000;
const PATIENCE = 4711;

/**
 * What the grid needs beside what random runs have: a table so large that its index, its key and its validation are
 * units of their own, large objects of which one is cut, and a statement that takes as long as the target is told.
 */
export const GRID_SHAPE_SQL = `${shapeSql(ORDERS)}
  create table shop.parcels (id bigint primary key, order_id bigint not null references shop.orders, note text);
  alter table shop.parcels alter column note set storage plain;
  insert into shop.parcels select n, 1 + n % ${ORDERS}, repeat(md5(n::text), 220) from generate_series(1, 2300) n;

  select lo_from_bytea(90000 + n, decode(repeat(md5(n::text), n * 20), 'hex')) from generate_series(1, 20) n;
  select lo_from_bytea(99000, (select string_agg(decode(md5(n::text), 'hex'), '') from generate_series(1, 330000) n));
  comment on large object 99000 is 'the long one';

  create function shop.patience() returns int language plpgsql as $$ begin
    perform pg_sleep(objid::int / 10.0) from pg_locks
      where locktype = 'advisory' and classid = ${PATIENCE}
        and database = (select oid from pg_database where datname = current_database());
    return 1; end $$;
  create materialized view shop.patient as select shop.patience() as one;
  analyze;`;

/** The statement that refreshes that view takes so long while a session holds this. */
export const patienceSql = (seconds: number) => `select pg_advisory_lock(${PATIENCE}, ${seconds * 10})`;

/** For the metadata database: no comparison of one large table is born without having overrun a step, nor any of its pieces. */
export const OVERRUNNING_SQL = `
  create or replace function overrunning() returns trigger language plpgsql as
    $$ begin new.overruns := 1; return new; end $$;
  create or replace trigger overrunning before insert on units for each row
    when (new.kind = 'verify' and new.payload->'tables' @> '[{"name": "parcels"}]' and not new.payload ? 'counted')
    execute function overrunning()`;
export const NO_OVERRUNNING_SQL = "drop trigger if exists overrunning on units";
