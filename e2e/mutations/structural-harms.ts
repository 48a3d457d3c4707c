/** What is done to the target behind Ferry's back, and which difference must then be told. */
export interface StructuralHarm {
  harm: string;
  /** As a superuser. `READER` and `BOSS` stand for two roles. */
  sql: string;
  /** What the difference must name. */
  names: string | RegExp;
  /** What it must say of it, in its words or in the lines that differ. */
  says: RegExp;
  /** Harms that have one in common would hide each other in one database. */
  apart?: string;
}

const INDEX_OID = (name: string) => `'shop.${name}'::regclass`;

const indexes: StructuralHarm[] = [
  {
    harm: "an index is dropped",
    sql: "drop index shop.orders_large",
    names: "index shop.orders_large",
    says: /missing/,
  },
  {
    harm: "an index is not valid",
    sql: `update pg_index set indisvalid = false where indexrelid = ${INDEX_OID("orders_large")}`,
    names: "index shop.orders_large",
    says: /invalid/,
  },
  {
    harm: "the index of a key is not valid",
    sql: `update pg_index set indisvalid = false where indexrelid = ${INDEX_OID("customers_mail_key")}`,
    names: "index shop.customers_mail_key",
    says: /invalid/,
    apart: "mail",
  },
  {
    harm: "an index of a partitioned table is not valid",
    sql: `update pg_index set indisvalid = false where indexrelid = ${INDEX_OID("visits_at")}`,
    names: "index shop.visits_at",
    says: /invalid/,
    apart: "partition",
  },
  {
    harm: "an index takes no new rows",
    sql: `update pg_index set indisready = false where indexrelid = ${INDEX_OID("orders_large")}`,
    names: "index shop.orders_large",
    says: /not ready/,
  },
  {
    harm: "an index is on another column",
    sql: "drop index shop.orders_at; create index orders_at on shop.orders (total)",
    names: "index shop.orders_at",
    says: /\+.*\(total\)/,
  },
  {
    harm: "an index is not unique any more",
    sql: "drop index shop.orders_once; create index orders_once on shop.orders (customer_id, at, id)",
    names: "index shop.orders_once",
    says: /- CREATE UNIQUE INDEX/,
  },
  {
    harm: "a partial index covers other rows",
    sql: "drop index shop.orders_large; create index orders_large on shop.orders (total) where total > 60",
    names: "index shop.orders_large",
    says: /60/,
  },
  {
    harm: "there is an index more",
    sql: "create index orders_more on shop.orders (parent)",
    names: "index shop.orders_more",
    says: /present/,
  },
  {
    harm: "the table is not clustered on its index",
    sql: "alter table shop.orders set without cluster",
    names: "index shop.orders_at",
    says: /CLUSTER/,
  },
];

const constraints: StructuralHarm[] = [
  {
    harm: "a check is dropped",
    sql: "alter table shop.orders drop constraint not_free",
    names: "table shop.orders",
    says: /- .*not_free/,
    apart: "not_free",
  },
  {
    harm: "a check is not valid",
    sql: "update pg_constraint set convalidated = false where conname = 'not_free'",
    names: "constraint shop.orders not_free",
    says: /not valid/,
    apart: "not_free",
  },
  {
    harm: "a check allows more",
    sql: "alter table shop.orders drop constraint not_free, add constraint not_free check (total >= 0)",
    names: "table shop.orders",
    says: />=/,
    apart: "not_free",
  },
  {
    harm: "a foreign key is dropped",
    sql: "alter table shop.orders drop constraint follows",
    names: "fk constraint shop.orders follows",
    says: /missing/,
    apart: "keys",
  },
  {
    harm: "a foreign key is not valid",
    sql: "alter table shop.orders drop constraint follows, add constraint follows foreign key (parent) references shop.orders deferrable initially deferred not valid",
    names: /shop\.orders follows$/,
    says: /NOT VALID/,
    apart: "keys",
  },
  {
    harm: "a foreign key does something else on delete",
    sql: "alter table shop.orders drop constraint orders_customer_id_fkey, add constraint orders_customer_id_fkey foreign key (customer_id) references shop.customers on delete restrict",
    names: "fk constraint shop.orders orders_customer_id_fkey",
    says: /RESTRICT/,
    apart: "keys",
  },
  {
    harm: "a foreign key is not deferred any more",
    sql: "alter table shop.orders alter constraint follows not deferrable",
    names: "fk constraint shop.orders follows",
    says: /- .*DEFERRABLE INITIALLY DEFERRED/,
    apart: "keys",
  },
  {
    harm: "a foreign key is kept by nothing",
    sql: "alter table shop.orders disable trigger all; alter table shop.orders enable trigger user",
    names: "constraint shop.orders orders_customer_id_fkey",
    says: /triggers are disabled/,
    apart: "keys",
  },
  {
    harm: "a unique key is dropped",
    sql: "alter table shop.customers drop constraint customers_mail_key",
    names: "constraint shop.customers customers_mail_key",
    says: /missing/,
    apart: "mail",
  },
  {
    harm: "an exclusion is dropped",
    sql: "alter table shop.rooms drop constraint no_overlap",
    names: "constraint shop.rooms no_overlap",
    says: /missing/,
    apart: "rooms",
  },
  {
    harm: "a domain's check is dropped",
    sql: "alter domain shop.positive drop constraint above_zero",
    names: "domain shop.positive",
    says: /- .*above_zero/,
  },
];

const sequences: StructuralHarm[] = [
  {
    harm: "a sequence is one behind",
    sql: "select setval('shop.orders_id_seq', 39)",
    names: "sequence shop.orders_id_seq",
    says: /next value 41.*next value 40/s,
  },
  {
    harm: "the sequence of an identity column starts again",
    sql: "alter table shop.customers alter id restart",
    names: "sequence shop.customers_id_seq",
    says: /next value 1$/,
  },
  {
    harm: "a sequence has forgotten that its value was given out",
    sql: "select setval('shop.tickets', 105, false)",
    names: "sequence shop.tickets",
    says: /next value 110.*next value 105/s,
  },
  {
    harm: "a sequence is ahead",
    sql: "select setval('shop.tickets', 1000)",
    names: "sequence shop.tickets",
    says: /next value 1005/,
  },
  {
    harm: "a sequence counts in other steps",
    sql: "alter sequence shop.tickets increment 1",
    names: "sequence shop.tickets",
    says: /INCREMENT BY 5/,
  },
  {
    harm: "a sequence keeps more in hand",
    sql: "alter sequence shop.tickets cache 7",
    names: "sequence shop.tickets",
    says: /CACHE 7/,
  },
  {
    harm: "a sequence ends earlier",
    sql: "alter sequence shop.tickets maxvalue 500",
    names: "sequence shop.tickets",
    says: /MAXVALUE 500$/m,
  },
  {
    harm: "a sequence goes round",
    sql: "alter sequence shop.tickets cycle",
    names: "sequence shop.tickets",
    says: /CYCLE/,
  },
  {
    harm: "a sequence belongs to no column",
    sql: "alter sequence shop.orders_id_seq owned by none",
    names: "sequence owned by shop.orders_id_seq",
    says: /missing/,
    apart: "orders_id",
  },
];

const code: StructuralHarm[] = [
  {
    harm: "a function's body is changed",
    sql: "create or replace function shop.twice(n int) returns int language sql immutable as 'select n * 3'",
    names: "function shop.twice(integer)",
    says: /n \* 3/,
    apart: "twice",
  },
  {
    harm: "a function is more volatile",
    sql: "alter function shop.twice(int) stable",
    names: "function shop.twice(integer)",
    says: /STABLE/,
    apart: "twice",
  },
  {
    harm: "a function runs as who calls it",
    sql: "alter function shop.secret() security invoker",
    names: "function shop.secret()",
    says: /- .*SECURITY DEFINER/,
  },
  {
    harm: "a function is dropped",
    sql: "drop function shop.secret()",
    names: "function shop.secret()",
    says: /missing/,
  },
  {
    harm: "a procedure is dropped",
    sql: "drop procedure shop.nothing()",
    names: "procedure shop.nothing()",
    says: /missing/,
  },
  {
    harm: "a comment on a function is lost",
    sql: "comment on function shop.twice(int) is null",
    names: "comment function shop.twice(n integer)",
    says: /missing/,
  },
  {
    harm: "a trigger is disabled",
    sql: "alter table shop.orders disable trigger touched",
    names: "trigger shop.orders touched",
    says: /DISABLE/,
    apart: "keys",
  },
  {
    harm: "a trigger is dropped",
    sql: "drop trigger counted on shop.orders",
    names: "trigger shop.orders counted",
    says: /missing/,
  },
  {
    harm: "a trigger fires at another time",
    sql: "drop trigger touched on shop.orders; create trigger touched before insert on shop.orders for each row execute function shop.touch()",
    names: "trigger shop.orders touched",
    says: /BEFORE INSERT/,
  },
  {
    harm: "a rule is dropped",
    sql: "drop rule keep on shop.documents",
    names: "rule shop.documents keep",
    says: /missing/,
  },
  {
    harm: "an event trigger is disabled",
    sql: "alter event trigger shop_ddl disable",
    names: "event trigger shop_ddl",
    says: /DISABLE/,
    apart: "ddl",
  },
  {
    harm: "an event trigger is dropped",
    sql: "drop event trigger shop_ddl",
    names: "event trigger shop_ddl",
    says: /missing/,
    apart: "ddl",
  },
];

const access: StructuralHarm[] = [
  {
    harm: "a policy is for another role",
    sql: "alter policy own on shop.customers to BOSS",
    names: "policy shop.customers own",
    says: /\+ .*BOSS/,
  },
  {
    harm: "a policy lets more through",
    sql: "alter policy own on shop.customers using (id < 11)",
    names: "policy shop.customers own",
    says: /11/,
  },
  {
    harm: "a policy is dropped",
    sql: "drop policy own on shop.customers",
    names: "policy shop.customers own",
    says: /missing/,
  },
  {
    harm: "row security is off",
    sql: "alter table shop.customers disable row level security",
    names: "row security shop.customers",
    says: /ENABLE ROW LEVEL SECURITY|missing/,
    apart: "rows",
  },
  {
    harm: "row security is not forced",
    sql: "alter table shop.customers no force row level security",
    names: "table shop.customers",
    says: /FORCE/,
  },
  {
    harm: "a grant is missing",
    sql: "revoke select on shop.orders from READER",
    names: "acl table shop.orders",
    says: /missing|- GRANT SELECT/,
    apart: "grants",
  },
  {
    harm: "there is a grant more",
    sql: "grant insert on shop.orders to READER",
    names: "acl table shop.orders",
    says: /INSERT/,
    apart: "grants",
  },
  {
    harm: "a grant on a column is missing",
    sql: "revoke select (name) on shop.customers from READER",
    names: "acl column shop.customers.name",
    says: /missing/,
  },
  {
    harm: "a grant on a function is missing",
    sql: "revoke execute on function shop.twice(int) from READER",
    names: "acl function shop.twice(n integer)",
    says: /missing|GRANT/,
  },
  {
    harm: "default privileges are gone",
    sql: "alter default privileges in schema shop revoke select on tables from READER",
    names: "default acl shop.DEFAULT PRIVILEGES FOR TABLES",
    says: /missing/,
  },
  {
    harm: "a table belongs to somebody else",
    sql: "alter table shop.orders owner to BOSS",
    names: "table shop.orders",
    says: /\+ owner: BOSS/,
    apart: "grants",
  },
];

const tables: StructuralHarm[] = [
  {
    harm: "a comment on a table is lost",
    sql: "comment on table shop.customers is null",
    names: "comment table shop.customers",
    says: /missing/,
  },
  {
    harm: "a comment on a column is lost",
    sql: "comment on column shop.customers.name is null",
    names: "comment column shop.customers.name",
    says: /missing/,
  },
  {
    harm: "a column's default is changed",
    sql: "alter table shop.customers alter name set default 'somebody'",
    names: "table shop.customers",
    says: /somebody/,
  },
  {
    harm: "a column's default is dropped",
    sql: "alter table shop.orders alter id drop default",
    names: "default shop.orders id",
    says: /missing/,
    apart: "orders_id",
  },
  {
    harm: "a column may be null",
    sql: "alter table shop.customers alter name drop not null",
    names: "table shop.customers",
    says: /- .*NOT NULL/,
  },
  {
    harm: "a column is not generated any more",
    sql: "alter table shop.customers alter doubled drop expression",
    names: "table shop.customers",
    says: /- .*GENERATED/,
    apart: "twice",
  },
  {
    harm: "an identity column takes any value",
    sql: "alter table shop.customers alter id set generated by default",
    names: "sequence shop.customers_id_seq",
    says: /BY DEFAULT/,
  },
  {
    harm: "a column is longer",
    sql: "alter table shop.customers alter name type varchar(41)",
    names: "table shop.customers",
    says: /41/,
  },
  {
    harm: "a column has another collation",
    sql: 'alter table shop.customers alter name type varchar(40) collate "POSIX"',
    names: "table shop.customers",
    says: /POSIX/,
  },
  {
    harm: "a column is stored in another way",
    sql: "alter table shop.customers alter notes set storage extended",
    names: "table shop.customers",
    says: /EXTERNAL/,
  },
  {
    harm: "a column has another statistics target",
    sql: "alter table shop.customers alter notes set statistics 322",
    names: "table shop.customers",
    says: /322/,
  },
  {
    harm: "there is a column more",
    sql: "alter table shop.orders add more int",
    names: "table shop.orders",
    says: /\+ .*more integer/,
  },
  {
    harm: "a table is filled to the brim",
    sql: "alter table shop.orders reset (fillfactor)",
    names: "table shop.orders",
    says: /fillfactor/,
  },
  {
    harm: "a table is not logged",
    sql: "alter table shop.rooms set unlogged",
    names: "table shop.rooms",
    says: /UNLOGGED/,
    apart: "rooms",
  },
  {
    harm: "a table has another replica identity",
    sql: "alter table shop.orders replica identity default",
    names: "table shop.orders",
    says: /REPLICA IDENTITY FULL/,
  },
  {
    harm: "a partition is detached",
    sql: "alter table shop.visits detach partition shop.visits_2026",
    names: "table attach shop.visits_2026",
    says: /missing/,
    apart: "partition",
  },
  {
    harm: "a partition has other bounds",
    sql: "alter table shop.visits detach partition shop.visits_2026; alter table shop.visits attach partition shop.visits_2026 for values from ('2026-01-01') to ('2028-01-01')",
    names: "table attach shop.visits_2026",
    says: /2028/,
    apart: "partition",
  },
  {
    harm: "a table inherits no more",
    sql: "alter table shop.invoices no inherit shop.documents",
    names: "table shop.invoices",
    says: /INHERITS/,
  },
  {
    harm: "a table is dropped",
    sql: "drop table shop.rooms",
    names: "table shop.rooms",
    says: /missing/,
    apart: "rooms",
  },
];

const others: StructuralHarm[] = [
  {
    harm: "a view shows more",
    sql: "create or replace view shop.large as select id, total from shop.orders where total > 5",
    names: "view shop.large",
    says: /5\b/,
  },
  {
    harm: "a materialized view is empty",
    sql: "refresh materialized view shop.totals with no data",
    names: "materialized view shop.totals",
    says: /not populated/,
  },
  {
    harm: "the statistics of a table are gone",
    sql: "delete from pg_statistic where starelid = 'shop.orders'::regclass",
    names: "table shop.orders",
    says: /statistics/,
    apart: "statistics",
  },
  {
    harm: "a table was never analysed",
    sql: "update pg_class set reltuples = -1 where oid = 'shop.visits_2025'::regclass",
    names: "table shop.visits_2025",
    says: /statistics/,
    apart: "statistics",
  },
  {
    harm: "statistics of several columns are dropped",
    sql: "drop statistics shop.orders_together",
    names: "statistics shop.orders_together",
    says: /missing/,
  },
  {
    harm: "an enum has a value more",
    sql: "alter type shop.mood add value 'glad'",
    names: "type shop.mood",
    says: /glad/,
  },
  {
    harm: "an enum has another order",
    sql: "alter type shop.mood rename value 'sad' to 'x'; alter type shop.mood rename value 'ok' to 'sad'; alter type shop.mood rename value 'x' to 'ok'",
    names: "type shop.mood",
    says: /'ok'/,
  },
  {
    harm: "a composite type has another attribute",
    sql: "alter type shop.address rename attribute street to road",
    names: "type shop.address",
    says: /road/,
  },
  {
    harm: "a text search configuration reads less",
    sql: "alter text search configuration shop.words drop mapping for asciiword",
    names: "text search configuration shop.words",
    says: /asciiword/,
  },
  {
    harm: "a collation is dropped",
    sql: "drop collation shop.plain",
    names: "collation shop.plain",
    says: /missing/,
  },
  {
    harm: "an extension is missing",
    sql: "drop extension citext cascade",
    names: "extension citext",
    says: /missing/,
    apart: "mail",
  },
  {
    harm: "a publication leaves a table out",
    sql: "alter publication shop_all drop table shop.visits",
    names: "publication table shop.shop_all visits",
    says: /missing/,
    apart: "publication",
  },
  {
    harm: "a publication is dropped",
    sql: "drop publication shop_all",
    names: "publication shop_all",
    says: /missing/,
    apart: "publication",
  },
  {
    harm: "a setting of the database is gone",
    sql: "do $$ begin execute format('alter database %I set work_mem to %L', current_database(), '9MB'); end $$",
    names: /^database properties/,
    says: /work_mem/,
  },
];

export const structuralHarms: readonly StructuralHarm[] = [
  ...indexes,
  ...constraints,
  ...sequences,
  ...code,
  ...access,
  ...tables,
  ...others,
];
