-- What Postgres 18 brought. After setup-from-17.sql.
set client_min_messages = warning;

--: generated column that is computed when read
create table app.virtual (a int, b int generated always as (a * 2) virtual, c int generated always as (a + 1) stored);
--: constraints that are not enforced
create table app.trusting (a int check (a > 0) not enforced, b int, foreign key (b) references app.orders (id) not enforced);
--: keys over time
create table app.reigns (id int, during daterange, constraint reigns_key primary key (id, during without overlaps));
create table app.acts (id int, reign int, during daterange, constraint acts_reign foreign key (reign, period during) references app.reigns (id, period during));
--: NOT NULL with a name, not inherited, not validated, and with a comment
create table app.not_nulls (a int constraint "a is needed" not null, b int not null no inherit, c int, d int not null);
alter table app.not_nulls add constraint c_later not null c not valid;
comment on constraint "a is needed" on app.not_nulls is 'always';
--: NOT NULL that a child has of its own
create table app.not_null_parent (a int, b int);
create table app.not_null_child (constraint own_rule not null a) inherits (app.not_null_parent);
--: routine that returns old and new rows
create function app.update_returning() returns table (before int, after int) language sql begin atomic
  update app.clustered set b = b + 1 returning with (old as o, new as n) o.b, n.b;
end;
--: publication with generated columns
create publication app_generated for table app.virtual with (publish_generated_columns = stored);
--: GIN index built in parallel, hash of a new function
create index indexed_casefold on app.indexed (casefold(b collate app.german));
