-- What Postgres 15 brought. After setup.sql.
set client_min_messages = warning;

--: unique constraint and index whose nulls are equal
create table app.nulls_equal (a int, b int, constraint nulls_equal_key unique nulls not distinct (a));
create unique index nulls_equal_index on app.nulls_equal (b) nulls not distinct;
--: view that runs as its reader
create view app.as_reader with (security_invoker = true) as select a from app.clustered;
--: foreign key that clears some of its columns
create table app.partly_cleared (a int, b bigint, foreign key (a, b) references app.serials (a, b) on delete set null (b));
--: publication with row filters and column lists
create publication app_filtered for table app.clustered (a, b) where (a > 10 and b is not null), table app.orders where (late <> 3);
--: publication of a schema
create publication app_schemas for tables in schema "Sales Dept", ledger;
--: numeric with a negative scale
create table app.rounded (a numeric(5, -2), b numeric(2, 4));
--: routine that merges
create procedure app.merge_ruled() language sql begin atomic
  merge into app.clustered c using app.orders o on c.a = o.id
    when matched and o.late > 1 then update set b = o.late
    when matched then delete
    when not matched then insert (a, b) values (o.id, default);
end;
--: column compression by the server's default
create table app.compressed (a text compression default);
