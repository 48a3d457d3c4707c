import type { StructuralHarm } from "../structural-harms";

export const others: StructuralHarm[] = [
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
