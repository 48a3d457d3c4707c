import type { TestRole } from "@/e2e/servers/test-servers";

/** A small database with one of everything that a harm can be done to. Postgres 15 and newer, as a superuser. */
export const shopOf = ({ name: reader }: TestRole, { name: boss }: TestRole): string => `
  create schema shop;
  create extension citext with schema shop;
  create type shop.mood as enum ('sad', 'ok', 'happy');
  create type shop.address as (street text, zip varchar(10));
  create domain shop.positive as int constraint above_zero check (value > 0);
  create collation shop.plain (provider = libc, locale = 'C');
  create text search configuration shop.words (copy = pg_catalog.english);
  create sequence shop.tickets increment 5 maxvalue 5000 cache 3;
  select setval('shop.tickets', 105);

  create function shop.twice(n int) returns int language sql immutable as 'select n * 2';
  create function shop.secret() returns text language sql security definer as $$ select 'x' $$;
  create function shop.touch() returns trigger language plpgsql as 'begin return new; end';
  create function shop.on_ddl() returns event_trigger language plpgsql as 'begin null; end';
  create procedure shop.nothing() language sql as '';
  comment on function shop.twice(int) is 'doubles';

  create table shop.customers (
    id bigint generated always as identity primary key,
    mail shop.citext unique,
    name varchar(40) collate "C" not null default 'nobody',
    mood shop.mood default 'ok',
    home shop.address,
    age shop.positive,
    doubled int generated always as (shop.twice(age)) stored,
    notes text);
  alter table shop.customers alter notes set storage external, alter notes set statistics 321;
  comment on table shop.customers is 'who buys';
  comment on column shop.customers.name is 'in full';
  create table shop.orders (
    id serial primary key,
    customer_id bigint not null references shop.customers on delete cascade,
    parent int constraint follows references shop.orders deferrable initially deferred,
    total numeric(12,2) constraint not_free check (total > 0),
    at timestamptz default now()) with (fillfactor = 70);
  alter table shop.orders replica identity full;
  create index orders_at on shop.orders (at);
  create index orders_large on shop.orders (total) where total > 50;
  create unique index orders_once on shop.orders (customer_id, at, id);
  alter table shop.orders cluster on orders_at;
  create statistics shop.orders_together (dependencies) on customer_id, total from shop.orders;
  create table shop.visits (at date not null, customer_id bigint, page text) partition by range (at);
  create table shop.visits_2025 partition of shop.visits for values from ('2025-01-01') to ('2026-01-01');
  create table shop.visits_2026 partition of shop.visits for values from ('2026-01-01') to ('2027-01-01');
  create index visits_at on shop.visits (at);
  create table shop.documents (id int primary key, body text);
  create table shop.invoices (total numeric) inherits (shop.documents);
  create table shop.rooms (room int, during int4range, constraint no_overlap exclude using gist (during with &&));

  insert into shop.customers (mail, name, age) select 'a' || n || '@example.org', 'n' || n, n from generate_series(1, 40) n;
  insert into shop.orders (customer_id, total, at) select n, n * 3, '2026-01-01'::date + n from generate_series(1, 40) n;
  insert into shop.visits select '2025-06-01'::date + n * 10, n, '/' from generate_series(1, 40) n;
  insert into shop.invoices select n, 'x', n from generate_series(1, 10) n;

  create view shop.large as select id, total from shop.orders where total > 50;
  create materialized view shop.totals as select customer_id, sum(total) as total from shop.orders group by 1;
  create unique index totals_customer on shop.totals (customer_id);
  create rule keep as on delete to shop.documents do instead nothing;
  create trigger touched before update on shop.orders for each row execute function shop.touch();
  create trigger counted after insert on shop.orders for each row execute function shop.touch();
  alter table shop.customers enable row level security;
  alter table shop.customers force row level security;
  create policy own on shop.customers for select to ${reader} using (id < 10);
  create policy everybody on shop.customers using (true);
  grant usage on schema shop to ${reader};
  grant select on shop.orders to ${reader};
  grant select (id, name) on shop.customers to ${reader};
  grant execute on function shop.twice(int) to ${reader};
  alter default privileges in schema shop grant select on tables to ${reader};
  alter table shop.documents owner to ${boss};
  create publication shop_all for table shop.orders, shop.visits;
  create event trigger shop_ddl on ddl_command_end execute function shop.on_ddl();
  analyze;
`;
