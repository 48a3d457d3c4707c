-- A database with one of everything that pg_dump carries. Each line that starts with "--:" names one kind or twist.
-- Runs on Postgres 14 and newer as a superuser, in an empty database; roles are made where they are missing.
set client_min_messages = warning;

do $$
declare
  wanted text;
begin
  foreach wanted in array array['ferry_reader', 'ferry_writer', 'Ferry Auditor'] loop
    begin
      execute format('create role %I nologin', wanted);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
end $$;

--: schema
create schema app;
--: schema with a mixed-case name and a space
create schema "Sales Dept";
--: schema whose name holds a quote, a newline and a semicolon
create schema "odd ""schema""
; name";
--: schema owned by another role
create schema ledger authorization ferry_writer;
--: comment on a schema
comment on schema app is 'It''s the application; -- not a comment
Name: fake; Type: TABLE; Schema: -; Owner: -';

--: extension
create extension citext;
--: extension in a schema of its own
create schema ext;
create extension hstore with schema ext;
create extension pg_trgm with schema ext;
create extension btree_gist with schema ext;
--: extension that requires another
create extension cube with schema ext;
create extension earthdistance with schema ext;
--: comment on an extension, changed by the user
comment on extension citext is 'case does not matter here';

-- Types ---------------------------------------------------------------------------------------------------------

--: enum
create type app.mood as enum ('sad', 'ok', 'happy');
--: enum with awkward labels
create type app.odd_labels as enum ('', ' ', 'it''s', 'back\slash', 'new
line', '$$', 'ünï');
--: enum with a value added later
alter type app.mood add value 'meh' before 'ok';
--: composite type
create type app.address as (street text, zip varchar(10), "Country Code" char(2));
--: composite type within a composite type
create type app.person as (name text, home app.address, moods app.mood[]);
--: composite type without columns
create type app.nothing as ();
--: composite attribute with a collation
create type app.labelled as (label text collate "C", n int);
--: domain with a check
create domain app.positive as int check (value > 0);
--: domain with a named check, NOT NULL and a default
create domain app.percent as numeric(5,2) default 0 not null constraint percent_range check (value between 0 and 100);
--: domain over a domain
create domain app.small_positive as app.positive constraint below_hundred check (value < 100);
--: domain over an array of composites
create domain app.people as app.person[] check (array_length(value, 1) < 10);
--: domain with a collation
create domain app.code as text collate "C" check (value ~ '^[A-Z]+$');
--: domain constraint NOT VALID
create domain app.later_checked as text;
alter domain app.later_checked add constraint not_empty check (value <> '') not valid;
--: domain over an extension's type
create domain app.email as citext check (value ~ '@');
--: range type with a subtype difference function
create function app.time_difference(a time, b time) returns float8
  language sql immutable strict as 'select extract(epoch from (a - b))::float8';
create type app.timerange as range (subtype = time, subtype_diff = app.time_difference);
--: range type with a collation and a name for its multirange
create type app.textrange as range (subtype = text, collation = "C", multirange_type_name = app.textranges);
--: shell type
create type app.unfinished;
--: base type
create type app.tag;
create function app.tag_in(cstring) returns app.tag language internal immutable strict parallel safe as 'textin';
create function app.tag_out(app.tag) returns cstring language internal immutable strict parallel safe as 'textout';
create type app.tag (input = app.tag_in, output = app.tag_out, like = text, category = 'S', collatable = true, default = 'none');
--: comment on a type, a domain and an attribute
comment on type app.mood is 'how it went';
comment on domain app.positive is 'more than nothing';
comment on column app.address.zip is 'postal code';
comment on constraint percent_range on domain app.percent is 'from none to all';

-- Collations, text search, conversions ----------------------------------------------------------------------------

--: ICU collation
create collation app.german (provider = icu, locale = 'de-u-co-phonebk');
--: collation that is not deterministic
create collation app.ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
--: collation of the C library
create collation app.plain (provider = libc, locale = 'C');
--: comment on a collation
comment on collation app.german is 'as in the phone book';
--: conversion
create conversion app.latin1_to_utf8 for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
comment on conversion app.latin1_to_utf8 is 'made twice';
--: text search parser
create text search parser app.words (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
--: text search template
create text search template app.simple_template (init = dsimple_init, lexize = dsimple_lexize);
--: text search dictionary with options
create text search dictionary app.short (template = pg_catalog.simple, accept = false, stopwords = 'english');
--: text search configuration with mappings
create text search configuration app.search (copy = pg_catalog.english);
alter text search configuration app.search alter mapping for asciiword with app.short, english_stem;
alter text search configuration app.search drop mapping for uint;
comment on text search configuration app.search is 'our words';
comment on text search dictionary app.short is 'few words';

-- Functions -------------------------------------------------------------------------------------------------------

--: SQL function
create function app.add(a int, b int default 1) returns int language sql immutable parallel safe as $$ select a + b $$;
--: SQL function with an SQL-standard body
create function app.add_standard(a int, b int) returns int language sql immutable return a + b;
--: function with BEGIN ATOMIC and a CASE inside
create function app.sign_words(n int) returns text language sql stable
begin atomic
  select case when n > 0 then 'plus; -- really' when n < 0 then 'minus' else 'none' end;
  select case n when 1 then 'one' else 'other' end;
end;
--: function whose body looks like the head of an archive entry
create function app.look_alike() returns text language plpgsql as $body$
begin
  --
  -- TOC entry 1 (class 0 OID 0)
  -- Name: fake; Type: TABLE; Schema: public; Owner: postgres
  --
  return $q$CREATE TABLE public.fake (id int);$q$;
end
$body$;
--: function whose body has psql's meta-commands at the start of lines
create function app.meta_commands() returns text language sql as $$ select '
\restrict abc
\unrestrict abc
\connect other
\.
' $$;
--: function body with every kind of quote and dollar tag
create function app.quotes() returns text language sql as $outer$
  select 'it''s' || E'\n\\' || $$ dollar $$ || $_$ under $_$ || $inner$ in $inner$
$outer$;
--: function body with non-ASCII letters and an emoji
create function app.unicode() returns text language sql as $$ select 'žluťoučký кот 猫 🐘' $$;
--: function without a body to speak of
create function app.empty() returns void language sql as '';
--: PL/pgSQL function
create function app.classify(n int) returns text language plpgsql stable strict cost 7 as $$
begin
  if n > 10 then return 'large'; end if;
  return 'small';
end $$;
--: functions that call each other
create function app.is_even(n int) returns boolean language plpgsql immutable as $$
begin return n = 0 or app.is_odd(n - 1); end $$;
create function app.is_odd(n int) returns boolean language plpgsql immutable as $$
begin return n <> 0 and app.is_even(n - 1); end $$;
--: overloaded function
create function app.add(a text, b text) returns text language sql immutable as $$ select a || b $$;
--: function with OUT, INOUT and VARIADIC parameters
create function app.split(inout total int, out half int, variadic rest int[]) language sql as $$ select total, total / 2 $$;
--: function with defaults of many kinds
create function app.defaults(a int default 5, b text default 'x; y''z', c timestamptz default now(), d app.mood default 'ok',
  e int[] default '{1,2}', f numeric default 1.50) returns int language sql as $$ select a $$;
--: function that returns a table
create function app.pairs(n int) returns table (k int, "V alue" text) language sql rows 50 as $$ select n, 'x' $$;
--: function that returns a set of a composite type
create function app.persons() returns setof app.person language sql as $$ select null::app.person $$;
--: polymorphic functions
create function app.first_of(anyarray) returns anyelement language sql immutable as $$ select $1[1] $$;
create function app.coalesced(anycompatible, anycompatible) returns anycompatible language sql as $$ select coalesce($1, $2) $$;
--: SECURITY DEFINER function with its own settings
create function app.secure() returns text language sql security definer
  set search_path = app, pg_temp set work_mem = '8MB' set statement_timeout to 0 as $$ select current_user::text $$;
--: function with a setting of the user's own and quotes in it
create function app.with_setting() returns int language sql set app.label = 'it''s, "quoted"; here' as $$ select 1 $$;
--: LEAKPROOF function
create function app.leakproof(a int) returns boolean language sql immutable leakproof strict as $$ select a > 0 $$;
--: function with parallel, cost and support options
create function app.in_parallel(a int) returns int language plpgsql stable parallel restricted cost 1000 as $$ begin return a; end $$;
--: function of the server's own language
create function app.internal_length(text) returns int language internal immutable strict as 'textlen';
--: window function
create function app.my_row_number() returns bigint language internal window immutable as 'window_row_number';
--: procedure
create procedure app.do_work(n int) language plpgsql as $$ begin perform n; end $$;
--: procedure with INOUT parameters and a standard body
create procedure app.do_more(inout n int) language sql begin atomic select n + 1; end;
--: function named by a reserved word, and one with a quoted name
create function app."select"() returns int language sql as $$ select 1 $$;
create function app."Mixed ""Case""(x)"(int) returns int language sql as $$ select $1 $$;
--: trigger function
create function app.touch() returns trigger language plpgsql as $$ begin new.updated_at = now(); return new; end $$;
create function app.log_change() returns trigger language plpgsql as $$ begin return null; end $$;
--: event trigger function
create function app.on_ddl() returns event_trigger language plpgsql as $$ begin null; end $$;
--: comments on functions and procedures
comment on function app.add(int, int) is 'sums';
comment on procedure app.do_work(int) is 'works';

-- Aggregates, operators, casts --------------------------------------------------------------------------------------

--: aggregate
create aggregate app.total(int) (sfunc = int4pl, stype = int, initcond = '0');
--: parallel aggregate with a final and a combine function
create aggregate app.mean(float8) (sfunc = float8_accum, stype = float8[], finalfunc = float8_avg, combinefunc = float8_combine,
  initcond = '{0,0,0}', parallel = safe);
--: moving aggregate
create aggregate app.moving_total(int) (sfunc = int4pl, stype = int, initcond = '0',
  msfunc = int4pl, minvfunc = int4mi, mstype = int, minitcond = '0');
--: ordered-set aggregate
create aggregate app.percentile(float8 order by anyelement) (sfunc = ordered_set_transition, stype = internal,
  finalfunc = percentile_disc_final, finalfunc_extra, finalfunc_modify = read_write);
--: aggregate over rows
create aggregate app.row_count(*) (sfunc = int8inc, stype = int8, initcond = '0');
--: variadic aggregate
create function app.join_step(text, variadic text[]) returns text language sql immutable as $$ select coalesce($1, '') || array_to_string($2, ',') $$;
create aggregate app.join_all(variadic text[]) (sfunc = app.join_step, stype = text);
comment on aggregate app.total(int) is 'adds up';

--: operators with commutator, negator and estimators
create function app.tag_eq(app.tag, app.tag) returns boolean language internal immutable strict as 'texteq';
create function app.tag_ne(app.tag, app.tag) returns boolean language internal immutable strict as 'textne';
create function app.tag_lt(app.tag, app.tag) returns boolean language internal immutable strict as 'text_lt';
create function app.tag_le(app.tag, app.tag) returns boolean language internal immutable strict as 'text_le';
create function app.tag_gt(app.tag, app.tag) returns boolean language internal immutable strict as 'text_gt';
create function app.tag_ge(app.tag, app.tag) returns boolean language internal immutable strict as 'text_ge';
create function app.tag_cmp(app.tag, app.tag) returns int language internal immutable strict as 'bttextcmp';
create function app.tag_hash(app.tag) returns int language internal immutable strict as 'hashtext';
create operator app.= (leftarg = app.tag, rightarg = app.tag, function = app.tag_eq, commutator = operator(app.=),
  negator = operator(app.<>), restrict = eqsel, join = eqjoinsel, hashes, merges);
create operator app.<> (leftarg = app.tag, rightarg = app.tag, function = app.tag_ne, commutator = operator(app.<>), negator = operator(app.=));
create operator app.< (leftarg = app.tag, rightarg = app.tag, function = app.tag_lt, commutator = operator(app.>), negator = operator(app.>=));
create operator app.<= (leftarg = app.tag, rightarg = app.tag, function = app.tag_le, commutator = operator(app.>=), negator = operator(app.>));
create operator app.> (leftarg = app.tag, rightarg = app.tag, function = app.tag_gt, commutator = operator(app.<), negator = operator(app.<=));
create operator app.>= (leftarg = app.tag, rightarg = app.tag, function = app.tag_ge, commutator = operator(app.<=), negator = operator(app.<));
--: prefix operator
create operator app.!!! (rightarg = int, function = app.classify);
--: operator between other types
create operator app.|+| (leftarg = int, rightarg = int, function = app.add_standard);
comment on operator app.|+| (int, int) is 'adds';
--: operator class with an implicit family
create operator class app.tag_ops default for type app.tag using btree as
  operator 1 app.<, operator 2 app.<=, operator 3 app.=, operator 4 app.>=, operator 5 app.>, function 1 app.tag_cmp(app.tag, app.tag);
--: operator class for hash indexes
create operator class app.tag_hash_ops default for type app.tag using hash as operator 1 app.=, function 1 app.tag_hash(app.tag);
--: operator family with members of its own
create operator family app.numbers using btree;
alter operator family app.numbers using btree add
  operator 1 <(int4, int8), operator 2 <=(int4, int8), operator 3 =(int4, int8), operator 4 >=(int4, int8), operator 5 >(int4, int8),
  function 1 (int4, int8) btint48cmp(int4, int8);
comment on operator family app.numbers using btree is 'mixed';
comment on operator class app.tag_ops using btree is 'as text';
--: cast by a function
create function app.to_mood(int) returns app.mood language sql immutable as $$ select 'ok'::app.mood $$;
create cast (int as app.mood) with function app.to_mood(int) as assignment;
--: cast without a function, and one by text
create cast (app.tag as text) without function as implicit;
create cast (text as app.tag) with inout as assignment;
comment on cast (int as app.mood) is 'always fine';
--: transform
create transform for app.tag language sql (from sql with function prsd_lextype(internal));
--: procedural language, whose handlers are functions in C
create function app.plcopy_call() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create function app.plcopy_inline(internal) returns void language c strict as '$libdir/plpgsql', 'plpgsql_inline_handler';
create trusted language plcopy handler app.plcopy_call inline app.plcopy_inline;
--: function in that language
create function app.in_plcopy() returns int language plcopy as $$ begin return 1; end $$;
--: access methods for tables and indexes
create access method heap_copy type table handler heap_tableam_handler;
create access method gist_copy type index handler gisthandler;
comment on access method heap_copy is 'heap by another name';

-- Tables ------------------------------------------------------------------------------------------------------------

--: table
create table app.customers (
  id bigint generated always as identity primary key,
  name text not null,
  email app.email unique,
  born date check (born > '1900-01-01'),
  home app.address,
  moods app.mood[] default '{ok}' not null,
  attributes jsonb default '{"a": "it''s; ok"}'::jsonb,
  balance numeric(12,2) default 0.00,
  updated_at timestamptz default now()
);
--: comments on a table, its columns, constraints and indexes
comment on table app.customers is 'who buys';
comment on column app.customers.name is 'full name';
comment on constraint customers_born_check on app.customers is 'not that old';
comment on index app.customers_pkey is 'their number';
--: identity sequence with options
create table app.numbered (
  id int generated by default as identity (start with 1000 increment by -5 minvalue -100000 maxvalue 1000 cache 3 cycle) primary key,
  other smallint generated always as identity (sequence name app."Odd Sequence" start 7)
);
--: serial columns
create table app.serials (a serial, b bigserial, c smallserial, primary key (a, b));
--: sequences with options, owned and free
create sequence app.free_sequence as smallint start 10 increment 5 minvalue 5 maxvalue 500 cycle cache 20;
create sequence app.owned_sequence owned by app.serials.c;
create table app.sequence_users (n int default nextval('app.free_sequence'), m int default nextval('app.free_sequence'::regclass) + 1);
comment on sequence app.free_sequence is 'counts in fives';
--: generated column that calls a function
create table app.generated (
  a int, b int default 3,
  c int generated always as (app.add(a, b)) stored,
  d text generated always as (upper(coalesce('x' || a::text, 'none'))) stored not null,
  e app.mood generated always as (app.to_mood(a)) stored
);
--: index on a generated column
create index on app.generated (c);
--: table without columns
create table app.no_columns ();
--: table with a dropped column
create table app.dropped (a int, b int, c int);
alter table app.dropped drop column b;
--: unlogged table
create unlogged table app.unlogged (a int primary key);
--: table of a composite type
create table app.typed of app.labelled (label with options default 'x' not null, primary key (n));
--: names that are reserved words
create table app."table" ("select" int primary key, "from" text, "order" int references app."table" ("select"));
--: names with newlines, quotes, dots and header look-alikes
create table app."new
line" ("a
b" int, "c""d" text, "e.f" int);
create table app."new line" (a int);
create table app."; Type: VIEW; Schema: x; Owner: y" (a int, constraint "-- Name: z; Type: CHECK CONSTRAINT" check (a > 0));
create table "odd ""schema""
; name"."$$ ' \ "";" (a int primary key, "b c" int unique);
comment on table app."new
line" is E'first\n--\n-- TOC entry 5 (class 1 OID 2)\n-- Name: x; Type: TABLE; Schema: public; Owner: y\n--\n\nCREATE TABLE x();';
comment on column app."new
line"."a
b" is $$quote ' and $body$ and \ $$;
--: names of 63 bytes
create table app.name_of_sixty_three_bytes_which_is_the_longest_that_there_can_be (
  column_of_sixty_three_bytes_which_is_the_longest_that_there_is_ int);
--: names that are not ASCII
create table app."žluťoučký 猫" ("Straße" text, "🐘" int check ("🐘" > 0));
--: mixed-case names that differ only in case
create table app."Case" (a int);
create table app."case" ("A" int, a int);
--: foreign keys of every kind
create table app.orders (
  id int primary key,
  customer_id bigint not null references app.customers on delete cascade on update set null,
  a int, b bigint,
  parent int,
  constraint orders_serial_fkey foreign key (a, b) references app.serials (a, b) match full on delete set default,
  constraint orders_parent_fkey foreign key (parent) references app.orders (id) deferrable initially deferred
);
comment on constraint orders_parent_fkey on app.orders is 'what it follows';
--: constraints NOT VALID
alter table app.orders add constraint orders_a_positive check (a > 0) not valid;
alter table app.orders add column late int;
alter table app.orders add constraint orders_late_fkey foreign key (late) references app.orders (id) not valid;
--: check constraint that is not inherited
create table app.no_inherit (a int, constraint own_only check (a > 0) no inherit);
--: constraints that call functions
create table app.checked (n int, constraint even_only check (app.is_even(n)), constraint row_check check (checked is not null));
--: deferrable unique and primary keys
create table app.deferred (
  a int primary key deferrable initially deferred, b int unique deferrable, c int, constraint both_unique unique (b, c) include (a));
--: exclusion constraints
create table app.bookings (
  room int, during tstzrange, active boolean default true,
  constraint no_overlap exclude using gist (room with =, during with &&) where (active),
  constraint no_overlap_later exclude using gist (during with &&) deferrable initially deferred
);
--: key made from an index that has its own options
create table app.promoted (a int not null, b int);
create unique index promoted_index on app.promoted (a) include (b) with (fillfactor = 70);
alter table app.promoted add constraint promoted_key primary key using index promoted_index;
--: unique index that is no constraint and serves a foreign key
create table app.indexed_only (a int not null, b text);
create unique index indexed_only_a on app.indexed_only (a);
create table app.refers_to_index (a int references app.indexed_only (a));
--: column storage, compression, statistics and options
create table app.tuned (a text, b text, c int, d text collate app.german) with (fillfactor = 55, autovacuum_enabled = off, toast.autovacuum_enabled = off);
alter table app.tuned alter a set storage external, alter b set storage main, alter b set compression pglz,
  alter c set statistics 321, alter c set (n_distinct = -0.5, n_distinct_inherited = 7);
--: replica identity
create table app.identity_full (a int);
alter table app.identity_full replica identity full;
create table app.identity_nothing (a int);
alter table app.identity_nothing replica identity nothing;
create table app.identity_index (a int not null, b int);
create unique index identity_index_key on app.identity_index (a);
alter table app.identity_index replica identity using index identity_index_key;
--: clustered table
create table app.clustered (a int primary key, b int);
create index clustered_b on app.clustered (b);
alter table app.clustered cluster on clustered_b;
--: table with another access method
create table app.other_storage (a int) using heap_copy;
--: column defaults of many kinds
create table app.defaults (
  a timestamptz default current_timestamp, b uuid default gen_random_uuid(), c text default 'a''b\c', d bytea default '\x00ff',
  e interval default '1 year 2 mons', f app.person default row('x', row('s', 'z', 'DE'), '{sad}')::app.person, g bit(4) default b'1010',
  h int[] default array[[1, 2], [3, 4]], i text default current_user, j float8 default 'NaN', k xml default '<a/>', l app.positive default 3,
  m date default ('now'::text)::date, n int4range default '[1,5)', o app.textranges default '{}', p "char" default 'x', q name default 'n',
  r citext default 'Hi', s ext.hstore default 'a=>1', t pg_lsn default '0/0', u tsvector default to_tsvector('app.search', 'words'), v money default 1);

-- Inheritance and partitions ------------------------------------------------------------------------------------------

--: inheritance with columns in another order
create table app.base (a int not null, b text default 'base', c int check (c > 0));
create table app.derived (c int, extra text, a int) inherits (app.base);
--: inheritance from two tables, with a default that differs
create table app.mixin (m int, b text);
create table app.twice (own int) inherits (app.base, app.mixin);
alter table app.twice alter b set default 'twice';
--: inheritance added later
create table app.late_child (c int check (c > 0), b text, a int not null, z int);
alter table app.late_child add constraint base_c_check check (c > 0);
alter table app.late_child inherit app.base;
--: constraint that is local and inherited
create table app.merged (constraint base_c_check check (c > 0)) inherits (app.base);
--: inherited column that was dropped and added again
alter table app.mixin add column added int;
--: partitions three levels deep with attached indexes
create table app.events (id bigint, at date not null, region text not null, kind int default 0, payload text, primary key (id, at, region, kind)) partition by range (at);
create table app.events_2024 partition of app.events for values from ('2024-01-01') to ('2025-01-01') partition by list (region);
create table app.events_2024_eu partition of app.events_2024 for values in ('eu', 'it''s') partition by hash (kind);
create table app.events_2024_eu_0 partition of app.events_2024_eu for values with (modulus 2, remainder 0);
create table app.events_2024_eu_1 partition of app.events_2024_eu for values with (modulus 2, remainder 1);
--: default partition
create table app.events_2024_other partition of app.events_2024 default;
create table app.events_default partition of app.events default;
--: partition with columns in another order and constraints of its own
create table app.events_2025 (payload text default 'later', kind int default 0 not null, region text not null, at date not null, id bigint not null,
  constraint own_check check (id > 0));
alter table app.events attach partition app.events_2025 for values from ('2025-01-01') to (maxvalue);
--: partitioned indexes, one on the parent only
create index events_payload on app.events (payload);
create index events_kind_only on only app.events (kind);
create index events_2025_kind on app.events_2025 (kind);
alter index app.events_kind_only attach partition app.events_2025_kind;
comment on index app.events_payload is 'on all of them';
--: partition key with an expression, an operator class and a collation
create table app.by_expression (a text, b int) partition by range (lower(a) collate "C" text_pattern_ops, (b % 10));
create table app.by_expression_low partition of app.by_expression for values from (minvalue, minvalue) to ('m', 5);
--: foreign key to and from a partitioned table
create table app.event_notes (id bigint, at date, region text, kind int, note text, foreign key (id, at, region, kind) references app.events on delete cascade);
alter table app.events add column customer_id bigint references app.customers;
--: partition with a default and a storage option of its own
alter table app.events_2024_other alter kind set default 9;
alter table app.events_2024_other set (fillfactor = 50);
--: comments on a partition
comment on table app.events_2024_eu is 'Europe';

-- Indexes -------------------------------------------------------------------------------------------------------------

create table app.indexed (a int, b text, c jsonb, d tsrange, e point, f int[], g tsvector, h citext, i inet, j ext.hstore);
--: index with directions and nulls
create index on app.indexed (a desc nulls last, b asc nulls first);
--: index over an expression, with statistics
create index indexed_expression on app.indexed ((a + 1), lower(b));
alter index app.indexed_expression alter column 1 set statistics 500;
--: partial index
create index indexed_partial on app.indexed (a) where b is not null and a <> all (array[1, 2]);
--: index with a collation and an operator class
create index indexed_collated on app.indexed (b collate "C" text_pattern_ops);
--: covering index
create unique index indexed_covering on app.indexed (a) include (b, c);
--: hash, GIN, GiST, SP-GiST and BRIN indexes with options
create index indexed_hash on app.indexed using hash (b) with (fillfactor = 60);
create index indexed_gin on app.indexed using gin (c jsonb_path_ops, f) with (fastupdate = off, gin_pending_list_limit = 128);
create index indexed_gist on app.indexed using gist (d, e) with (buffering = off);
create index indexed_spgist on app.indexed using spgist (i);
create index indexed_brin on app.indexed using brin (a int4_minmax_multi_ops (values_per_range = 16)) with (pages_per_range = 8, autosummarize = on);
--: index with an extension's operator class and its parameter
create index indexed_trigram on app.indexed using gist (b ext.gist_trgm_ops (siglen = 32));
create index indexed_hstore on app.indexed using gin (j);
--: index of the user's own operator class and access method
create table app.tags (t app.tag, u app.tag);
create index tags_t on app.tags (t);
create index tags_u on app.tags using hash (u);
create operator class app.range_copy_ops default for type tsrange using gist_copy as operator 3 &&(anyrange, anyrange), operator 7 @>(anyrange, anyrange),
  function 1 range_gist_consistent(internal, anyrange, int2, oid, internal), function 2 range_gist_union(internal, internal),
  function 5 range_gist_penalty(internal, internal, internal), function 6 range_gist_picksplit(internal, internal),
  function 7 range_gist_same(anyrange, anyrange, internal);
create index tags_copy on app.indexed using gist_copy (d);
--: index that calls a function, with a quoted name
create index "Odd ""index""" on app.indexed (app.add(a, 2));
--: index over the whole row
create index indexed_row on app.tuned ((tuned is null));

-- Statistics ------------------------------------------------------------------------------------------------------------

--: extended statistics of every kind
create statistics app.indexed_all on a, b from app.indexed;
create statistics app.indexed_some (ndistinct, mcv) on a, b from app.indexed;
--: extended statistics over expressions, with a target
create statistics app.indexed_expressions (mcv) on lower(b), (a % 7) from app.indexed;
alter statistics app.indexed_expressions set statistics 42;
comment on statistics app.indexed_all is 'goes together';

-- Views -----------------------------------------------------------------------------------------------------------------

--: view
create view app.rich as select c.id, c.name, c.balance from app.customers c where c.balance > 1000;
--: view with column names, a default and a comment
create view app.named ("Column A", b) as select 1, 'two'::text;
alter view app.named alter b set default 'three';
comment on view app.named is 'named';
comment on column app.named."Column A" is 'first';
--: view with check option, and a security barrier
create view app.checked_view with (security_barrier = true, check_option = cascaded) as select a, b from app.clustered where a > 0;
--: recursive view with a common table expression
create recursive view app.numbers_to_ten (n) as values (1) union all select n + 1 from numbers_to_ten where n < 10;
--: view with joins, window functions, grouping sets, filters and lateral
create view app.complicated as
  with recent as materialized (select o.* from app.orders o where o.id > 10)
  select c.name, count(*) filter (where r.b > 0) as positive, sum(r.late) over (partition by c.id order by r.id rows between 1 preceding and current row) as running,
         l.doubled, extract(year from c.born) as year, c.home, (c.home).street, coalesce(c.email, 'none') as email,
         position('a' in c.name), substring(c.name from 1 for 2) as two, overlay(c.name placing 'x' from 1), trim(both 'x' from c.name) as trimmed,
         c.updated_at at time zone 'UTC' as at, array(select x from generate_series(1, 3) x) as list, exists (select 1 from app.orders) as any,
         case c.name when 'x' then 1 else 2 end as kind, row(c.id, c.name) = row(1, 'x') as same, c.name like 'a%' and c.name ~~* 'b%' as likes,
         c.balance is distinct from 1 as differs, c.attributes #>> '{a,b}' as path, current_date as today, (c.moods)[1] as mood, nullif(c.name, '') as n,
         greatest(1, r.late), c.born between '2000-01-01' and '2001-01-01' as young, normalize(c.name, nfc), not (c.id in (1, 2, 3)) as outside
    from app.customers c
    left join recent r on r.customer_id = c.id
    full join app.clustered k using (a)
   cross join lateral (select c.id * 2 as doubled) l
   group by grouping sets ((c.id, c.name, r.id, r.late, l.doubled), ()), c.updated_at, c.born, c.home, c.email, c.balance, c.attributes, c.moods
  having count(*) > 0 order by 1 nulls last limit 10 offset 1;
--: view with set operations, values, distinct on and locks
create view app.sets as (select 1 as a union all select 2 intersect select 3) except values (4);
create view app.distinct_on as select distinct on (a) a, b from app.clustered order by a, b desc;
create view app.locking as select a from app.clustered where b > 0 for no key update of clustered nowait;
--: view with aliases, table samples, functions in FROM and ordinality
create view app.from_items as
  select t.a as x, f.n, f.o, s.value, g.* from app.clustered as t (a, z) tablesample bernoulli (10) repeatable (1),
    unnest(array[1, 2]) with ordinality as f (n, o), rows from (generate_series(1, 2), generate_series(3, 4)) as g (l, r),
    jsonb_to_record('{"value": 1}') as s (value int);
--: view with search and cycle clauses
create view app.searched as
  with recursive tree as (select id, parent from app.orders union all select o.id, o.parent from app.orders o join tree t on t.id = o.parent)
    search depth first by id set path cycle id set looped using trail select id, parent, looped from tree order by path;
--: view that groups by a primary key
create view app.by_key as select c.id, c.name, count(o.id) as orders from app.customers c left join app.orders o on o.customer_id = c.id group by c.id;
--: views that read each other
create view app.circle_a as select 1 as n;
create view app.circle_b as select n from app.circle_a;
create or replace view app.circle_a as select n from (select 1 as n) x where exists (select 1) union select a from app.dropped;
create view app.ring_a as select 1 as a, 2 as b;
create view app.ring_b as select a, b from app.ring_a;
create or replace rule "_RETURN" as on select to app.ring_a do instead select a, b from app.ring_b;
--: view that uses the row of a table and a function that takes it
create function app.describe(c app.customers) returns text language sql stable as $$ select c.name $$;
create view app.described as select app.describe(c) as d, c as whole from app.customers c;
--: view with INSTEAD OF trigger
create trigger through instead of insert or update on app.rich for each row execute function app.log_change();
--: view that calls operators by schema
create view app.operators as select 1 operator(app.|+|) 2 as three, app.tags.t operator(app.<) 'x'::app.tag as less from app.tags;
--: view over a catalogue
create view app.catalogue as select relname, relkind from pg_catalog.pg_class where relnamespace = 'app'::regnamespace;
--: materialized view with an index and a comment
create materialized view app.summary as select kind, count(*) as n from app.events group by kind;
create unique index summary_kind on app.summary (kind);
comment on materialized view app.summary is 'counted';
--: materialized view that reads another, never filled
create materialized view app.summary_of_summary with (fillfactor = 80) as select sum(n) as total from app.summary with no data;
--: materialized view that groups by a primary key, with another access method
create materialized view app.keyed using heap_copy as select c.id, c.name, max(o.id) as latest from app.customers c join app.orders o on o.customer_id = c.id group by c.id;

-- Rules and triggers ------------------------------------------------------------------------------------------------------

--: rules of every kind
create table app.ruled (a int, b text);
create table app.rule_log (a int, what text);
create rule log_insert as on insert to app.ruled do also insert into app.rule_log values (new.a, 'inserted; really');
create rule keep as on delete to app.ruled where old.a > 10 do instead nothing;
create rule many as on update to app.ruled do also (insert into app.rule_log values (old.a, 'before'); insert into app.rule_log values (new.a, 'after'));
create rule into_view as on update to app.named do instead select 1;
comment on rule keep on app.ruled is 'large ones stay';
--: rule that is disabled, and one that fires always
alter table app.ruled disable rule keep;
alter table app.ruled enable always rule log_insert;
--: triggers of every kind
create trigger touched before update on app.customers for each row execute function app.touch();
create trigger touched_columns before update of name, balance on app.customers for each row when (old.name is distinct from new.name) execute function app.touch();
create trigger logged after insert or delete or truncate on app.customers for each statement execute function app.log_change();
create trigger transitions after update on app.customers referencing old table as "Old rows" new table as new_rows for each statement execute function app.log_change();
create trigger with_arguments after insert on app.orders for each row execute function app.log_change('it''s', 'back\slash', '', 'new
line', '7');
comment on trigger touched on app.customers is 'keeps the time';
--: constraint trigger
create constraint trigger checked_later after insert on app.orders from app.customers deferrable initially deferred for each row execute function app.log_change();
--: triggers that are disabled, for replicas, and for always
alter table app.customers disable trigger logged;
alter table app.customers enable replica trigger transitions;
alter table app.customers enable always trigger touched;
--: trigger on a partitioned table, switched off on one partition
create trigger on_event after insert on app.events for each row execute function app.log_change();
alter table app.events_2025 disable trigger on_event;
--: event triggers
create event trigger app_on_ddl on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE') execute function app.on_ddl();
create event trigger app_on_drop on sql_drop execute function app.on_ddl();
alter event trigger app_on_ddl enable replica;
alter event trigger app_on_drop disable;
comment on event trigger app_on_ddl is 'watches';

-- Row security ----------------------------------------------------------------------------------------------------------------

--: row security, enabled and forced
alter table app.customers enable row level security;
alter table app.orders enable row level security;
alter table app.orders force row level security;
--: policies for roles and commands
create policy readers on app.customers for select to ferry_reader, "Ferry Auditor" using (balance > 0);
create policy everyone on app.customers using (true) with check (name <> '');
create policy writers on app.orders for update to ferry_writer using (a > 0) with check (a > 1);
create policy myself on app.orders for insert to current_user with check (id > 0);
--: restrictive policy that reads another table
create policy only_mine on app.orders as restrictive for all to public using (exists (select 1 from app.customers c where c.id = customer_id and c.name = current_user));
comment on policy readers on app.customers is 'who may look';

-- Foreign data ------------------------------------------------------------------------------------------------------------------

--: foreign data wrapper, server, user mapping and foreign table
create foreign data wrapper app_wrapper options (debug 'true');
create server app_server type 'odd' version '1.0' foreign data wrapper app_wrapper options (host 'it''s.example', port '5432');
create user mapping for public server app_server options ("user" 'u', password 'kept secret');
create foreign table app.remote (id int options (column_name 'ID') not null, t text default 'x' collate "C", check (id > 0)) server app_server options (schema_name 's', table_name 'T');
comment on foreign table app.remote is 'elsewhere';
comment on server app_server is 'far away';
--: foreign table as a partition
create table app.spread (k int, v text) partition by list (k);
create foreign table app.spread_remote partition of app.spread for values in (1) server app_server;

-- Publications ------------------------------------------------------------------------------------------------------------------

--: publication of all tables
create publication app_all for all tables with (publish = 'insert, update');
--: publication of some tables, by root
create publication app_some for table app.customers, only app.events with (publish_via_partition_root = true);
--: publication of nothing
create publication "App ""none""";
comment on publication app_some is 'for the warehouse';

-- Owners and grants ---------------------------------------------------------------------------------------------------------------

--: objects of other owners
create table ledger.accounts (id int primary key, "secret column" text);
alter table ledger.accounts owner to ferry_writer;
create function ledger.balance(int) returns int language sql as 'select 1';
alter function ledger.balance(int) owner to ferry_writer;
create type ledger.kind as enum ('a');
alter type ledger.kind owner to ferry_writer;
--: grants on tables, columns, sequences, functions, types, schemas and servers
grant select on app.customers to ferry_reader;
grant insert, update on app.customers to ferry_writer with grant option;
grant select (id, "secret column"), update (id) on ledger.accounts to ferry_reader;
grant usage on sequence app.free_sequence to ferry_reader;
grant execute on function app.add(int, int) to "Ferry Auditor";
revoke execute on function app.secure() from public;
grant usage on type app.mood to ferry_reader;
revoke usage on type app.positive from public;
grant usage on schema app to ferry_reader, ferry_writer;
grant all on schema "Sales Dept" to "Ferry Auditor";
grant usage on foreign server app_server to ferry_reader;
grant usage on language plcopy to ferry_reader;
--: grants made by somebody else than the owner
set role ferry_writer;
grant select on ledger.accounts to "Ferry Auditor" with grant option;
set role "Ferry Auditor";
reset role;
--: default privileges
alter default privileges in schema app grant select on tables to ferry_reader;
alter default privileges for role ferry_writer grant execute on functions to "Ferry Auditor";
alter default privileges for role ferry_writer in schema ledger revoke usage on types from ferry_reader;

-- The database itself ---------------------------------------------------------------------------------------------------------------

--: comment on the database
do $$ begin execute format('comment on database %I is %L', current_database(), 'the regression database'); end $$;
--: settings of the database
do $$ begin
  execute format('alter database %I set search_path = app, public', current_database());
  execute format('alter database %I set "app.label" = %L', current_database(), 'it''s; fine');
end $$;
--: settings of a role in the database
do $$ begin execute format('alter role ferry_reader in database %I set statement_timeout = %L', current_database(), '5s'); end $$;
