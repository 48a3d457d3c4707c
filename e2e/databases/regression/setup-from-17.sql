-- What Postgres 17 brought. After setup-from-16.sql.
set client_min_messages = warning;

--: view with JSON_TABLE and the SQL/JSON query functions
create view app.json_read as
  select t.*, json_value(c.attributes, '$.a' returning text default 'none' on empty) as v, json_query(c.attributes, '$.b' with wrapper) as q,
         json_exists(c.attributes, '$.c ? (@ > 1)') as e, json_scalar(1) as s, json_serialize('{}' returning text) as z
    from app.customers c,
         json_table(c.attributes, '$.list[*]' as root columns (n for ordinality, x int path '$.x' default 1 on error,
           nested path '$.in[*]' as inside columns (y text path '$'))) as t;
--: routine that merges and returns what it did
create function app.merge_returning() returns table (what text, a int) language sql begin atomic
  merge into app.clustered c using app.orders o on c.a = o.id
    when not matched by source then delete
    when not matched by target then insert values (o.id, 1)
  returning merge_action(), c.a;
end;
--: identity column of a partitioned table
create table app.identity_parts (id int generated always as identity, k int) partition by list (k);
create table app.identity_parts_1 partition of app.identity_parts for values in (1);
--: partitioned table with another access method
create table app.storage_parts (k int) partition by list (k) using heap_copy;
create table app.storage_parts_1 partition of app.storage_parts for values in (1);
create table app.storage_parts_2 partition of app.storage_parts for values in (2) using heap;
--: event trigger on login
create function app.on_login() returns event_trigger language plpgsql as $$ begin null; end $$;
create event trigger app_on_login on login execute function app.on_login();
alter event trigger app_on_login disable;
--: right to maintain
grant maintain on app.customers to ferry_writer;
--: intervals and dates without end
create table app.endless (a interval default 'infinity', b date default '-infinity');
