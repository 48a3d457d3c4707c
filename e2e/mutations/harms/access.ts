import type { StructuralHarm } from "../structural-harms";

export const access: StructuralHarm[] = [
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
