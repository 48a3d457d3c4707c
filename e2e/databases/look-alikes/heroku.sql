-- What a Heroku database has around the user's own objects, as far as a plain Postgres can have it.
create role heroku_admin superuser;
create schema heroku_ext;
create schema _heroku authorization heroku_admin;
create function _heroku.create_ext() returns event_trigger language plpgsql security definer as $$ begin end $$;
create function _heroku.drop_ext() returns event_trigger language plpgsql security definer as $$ begin end $$;
create function _heroku.extension_before_drop() returns event_trigger language plpgsql as $$ begin end $$;
create function _heroku.validate_extension() returns event_trigger language plpgsql security definer as $$ begin end $$;
create function _heroku.postgis_after_create() returns void language plpgsql security definer as $$ begin end $$;
create event trigger extension_before_drop on ddl_command_start execute function _heroku.extension_before_drop();
create event trigger log_create_ext on ddl_command_end execute function _heroku.create_ext();
create event trigger log_drop_ext on sql_drop execute function _heroku.drop_ext();
create event trigger validate_extension on ddl_command_end execute function _heroku.validate_extension();

create extension citext schema heroku_ext;
create extension pgcrypto schema heroku_ext;
create extension "uuid-ossp" schema heroku_ext;
create extension pg_stat_statements schema heroku_ext;
create extension btree_gist schema heroku_ext;
grant usage on schema heroku_ext to app_owner;

grant create, usage on schema public to app_owner;
set role app_owner;
set search_path = public, heroku_ext;
create table ar_internal_metadata (key varchar primary key, value varchar, created_at timestamp(6) not null);
insert into ar_internal_metadata values ('environment', 'production', now());
create table schema_migrations (version varchar primary key);
insert into schema_migrations select '2026' || lpad(n::text, 10, '0') from generate_series(1, 30) n;
create table users (
  id uuid primary key default heroku_ext.uuid_generate_v4(),
  email heroku_ext.citext not null,
  digest text not null
);
create unique index index_users_on_email on users using btree (email);
insert into users (email, digest) select 'U' || n || '@example.org', encode(heroku_ext.digest(n::text, 'sha256'), 'hex') from generate_series(1, 60) n;
create table bookings (
  id bigserial primary key,
  user_id uuid not null references users,
  room int not null,
  during tstzrange not null,
  exclude using gist (room with =, during with &&)
);
insert into bookings (user_id, room, during)
  select id, row_number() over (), tstzrange('2026-01-01', '2026-01-02') from users;
create view emails as select lower(email::text) as email from users where email = 'u1@example.org'::citext or true;
create function same_mail(a citext, b citext) returns boolean language sql immutable as $$ select a = b $$;
create function token() returns text language plpgsql as $$ begin return encode(gen_random_bytes(8), 'hex'); end $$;
reset role;
reset search_path;
