-- What a Neon database has around the user's own objects, as far as a plain Postgres can have it.
create role cloud_admin superuser;
create role neon_superuser createdb createrole;
grant neon_superuser to app_owner;
create schema neon authorization cloud_admin;
create table neon.neon_perf_counters (metric text, value float8);
create function neon.pg_cluster_size() returns bigint language sql as $$ select 0::bigint $$;
create schema neon_control_plane authorization cloud_admin;
create table neon_control_plane.status (id int primary key);

grant create, usage on schema public to app_owner;
set role app_owner;
create type public.mood as enum ('fine', 'bad');
create table public.notes (id serial primary key, mood public.mood, body text, tags text[]);
insert into public.notes (mood, body, tags) select 'fine', 'note ' || n, array['a', n::text] from generate_series(1, 120) n;
create index on public.notes using gin (tags);
alter table public.notes enable row level security;
create policy mine on public.notes to neon_superuser using (true);
create materialized view public.moods as select mood, count(*) from public.notes group by 1;
reset role;
grant select on public.notes to neon_superuser;
