-- What a database on Amazon RDS has around the user's own objects, as far as a plain Postgres can have it.
create role rdsadmin superuser;
create role rds_superuser;
create role rds_replication;
create role rds_iam;
create role rds_password;
create role rds_ad;
create role rdsrepladmin;
grant rds_superuser to app_owner;
create schema rdsadmin authorization rdsadmin;
create table rdsadmin.rds_heartbeat (id int primary key, value bigint);
insert into rdsadmin.rds_heartbeat values (1, 1);
create function public.rds_check() returns int language sql as $$ select 1 $$;
alter function public.rds_check() owner to rdsadmin;

grant create, usage on schema public to app_owner;
set role app_owner;
create schema shop;
create table shop.customers (id int generated always as identity primary key, name text not null);
insert into shop.customers (name) select 'customer ' || n from generate_series(1, 80) n;
create table shop.orders (id bigserial, customer int not null references shop.customers, total numeric(10, 2), placed date not null) partition by range (placed);
create table shop.orders_2025 partition of shop.orders for values from ('2025-01-01') to ('2026-01-01');
create table shop.orders_2026 partition of shop.orders for values from ('2026-01-01') to ('2027-01-01');
insert into shop.orders (customer, total, placed) select 1 + n % 80, n, date '2025-06-01' + n from generate_series(1, 300) n;
grant select on all tables in schema shop to rds_superuser;
grant usage on schema shop to rds_superuser, rds_iam;
alter default privileges in schema shop grant select on tables to rds_superuser;
reset role;
