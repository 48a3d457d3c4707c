import type { StructuralHarm } from "../structural-harms";

const INDEX_OID = (name: string) => `'shop.${name}'::regclass`;

export const indexes: StructuralHarm[] = [
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
