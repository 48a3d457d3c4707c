/**
 * Of everything something, with 40,000 orders in 25 MB: two tables that are units of their own, bundles of small ones, keys between them,
 * partitions, and what comes after the rows. Rows would be seen doubled where there is no key to refuse them: in
 * `lines`, of which pieces are added to each other, and in `log`, which is too small to be emptied before it is filled.
 */
export const shapeSql = (orders: number) => `
  create schema shop;
  create table shop.customers (
    id int generated always as identity primary key, name text not null check (name <> ''), email text unique);
  insert into shop.customers (name, email) select 'customer ' || n, n || '@example.com' from generate_series(1, 3000) n;

  create table shop.orders (
    id bigint primary key, customer int not null references shop.customers, placed timestamptz not null, note text);
  insert into shop.orders
    select n, 1 + n % 3000, timestamptz '2024-01-01 00:00Z' + n * interval '1 minute', repeat(md5(n::text), 6)
      from generate_series(1, ${orders}) n;
  create index on shop.orders (customer, placed);

  create table shop.lines (
    order_id bigint references shop.orders, position int, product text, amount numeric(10, 2));
  insert into shop.lines
    select 1 + n % ${orders}, n / ${orders}, repeat(md5((n * 7)::text), 3), n % 1000 / 4.0 from generate_series(1, ${orders} * 7 / 4) n;
  create index on shop.lines (product);

  create table shop.log (at timestamptz, what text);
  insert into shop.log
    select timestamptz '2024-01-01 00:00Z' + n % 400 * interval '1 second', md5((n % 400)::text)
      from generate_series(1, 2400) n;

  create table shop.visits (day date not null, visitor int, page text) partition by range (day);
  create table shop.visits_spring partition of shop.visits for values from ('2024-03-01') to ('2024-06-01');
  create table shop.visits_summer partition of shop.visits for values from ('2024-06-01') to ('2024-09-01');
  create table shop.visits_else partition of shop.visits default;
  insert into shop.visits select date '2024-01-01' + n % 360, n % 50, md5((n % 9)::text) from generate_series(1, 9000) n;
  create index on shop.visits (day);

  do $$ begin for number in 1..12 loop
    execute format('create table shop.small_%s (id serial primary key, customer int references shop.customers, note text);
      insert into shop.small_%1$s (customer, note) select n, md5(n::text) from generate_series(1, %s) n', number, number * 40);
  end loop; end $$;

  create sequence shop.tickets start 1000 increment 7;
  select setval('shop.tickets', 4507);
  create materialized view shop.totals as
    select customer, count(*) as orders, sum(amount) as amount
      from shop.orders join shop.lines on order_id = id group by customer;
  create unique index on shop.totals (customer);
  create function shop.stamp() returns trigger language plpgsql as
    $$ begin new.name := 'stamped ' || new.name; return new; end $$;
  create trigger stamp before insert on shop.customers for each row execute function shop.stamp();
  comment on table shop.log is 'without a key';
  analyze;`;
