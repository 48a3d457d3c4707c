-- What Postgres 16 brought. After setup-from-15.sql.
set client_min_messages = warning;

--: ICU collation with rules of its own
create collation app.with_rules (provider = icu, locale = 'und', rules = '&a < g');
--: view with SQL's JSON constructors and tests
create view app.json_made as
  select json_object('a': c.name, 'b': c.id absent on null with unique keys) as o, json_array(1, 2, c.name null on null) as l,
         json_arrayagg(c.name order by c.id returning jsonb) as names, json_objectagg(c.name : c.id) as pairs, c.attributes is json object as is_object
    from app.customers c group by c.id;
--: view with any_value and a system user
create view app.any_of as select any_value(name) as n, system_user as s from app.customers;
--: number literals with underscores and other bases
create table app.literals (a int default 1_000, b int default 0xff check (b > 0b11));
