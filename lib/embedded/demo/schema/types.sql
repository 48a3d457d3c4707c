-- The shop's vocabulary: schemas, extensions, and the types that its tables are written in.

create schema catalog;
create schema sales;
create schema ops;

create extension if not exists citext;
create extension if not exists hstore;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

create type catalog.season as enum ('spring', 'summer', 'autumn', 'winter');
create type catalog.relation_kind as enum ('accessory', 'alternative', 'spare part');
create type catalog.dimensions as (length_cm integer, width_cm integer, height_cm integer);

create type sales.order_state as enum (
  'pending', 'paid', 'packed', 'shipped', 'delivered', 'returned', 'cancelled'
);
create type sales.payment_method as enum ('card', 'paypal', 'ideal', 'klarna', 'sepa transfer');
create type sales.payment_state as enum ('captured', 'failed', 'refunded', 'partly refunded');
create type sales.refund_reason as enum ('cancelled', 'too small', 'too large', 'damaged', 'changed mind');

create type ops.delivery_region as enum ('north', 'central', 'south');
create type ops.weekday as enum ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
create type ops.movement_kind as enum (
  'receipt', 'transfer in', 'return', 'sale', 'transfer out', 'correction'
);
create type ops.scan_event as enum (
  'label created', 'picked up', 'sorted', 'out for delivery', 'delivered'
);
create type ops.device as enum ('phone', 'tablet', 'desktop');
create type ops.audit_action as enum ('insert', 'update', 'delete');

create domain public.country_code as char(2)
  check (value ~ '^[A-Z]{2}$');

create domain public.email_address as public.citext
  check (value ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$');

create domain public.amount as numeric(12, 2)
  check (value >= 0);

create domain public.percentage as numeric(4, 1)
  default 0
  check (value between 0 and 100);

create domain catalog.sku as text collate "C"
  check (value ~ '^[A-Z]{3}-[0-9]{4}-[A-Z0-9]{2,3}$');

-- Order numbers go up in sevens, so that nobody outside can count the orders of a day.
create sequence sales.order_number_seq start with 500007 increment by 7;
