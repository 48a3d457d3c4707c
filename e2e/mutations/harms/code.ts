import type { StructuralHarm } from "../structural-harms";

export const code: StructuralHarm[] = [
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
