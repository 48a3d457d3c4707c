/**
 * The extensions that Neon offers, with the version for each Postgres from 14 on; `-` where it does not offer one.
 *
 * Origin: the table of https://neon.com/docs/extensions/pg-extensions, from a copy of that page made after Postgres 18
 * had come and before February 2026; the copy itself bears no date. Names are those of CREATE EXTENSION, so `vector`
 * for pgvector. It serves while no target is chosen; a target is asked itself, and its word counts.
 */
export const NEON_EXTENSIONS_AS_OF = "late 2025";

const FIRST_MAJOR = 14;

const TABLE = `
  address_standardizer 3.3.3 3.3.3 3.3.3 3.5.0 3.6.0
  address_standardizer_data_us 3.3.3 3.3.3 3.3.3 3.5.0 3.6.0
  anon 2.4.1 2.4.1 2.4.1 2.4.1 2.4.1
  autoinc 1.0 1.0 1.0 1.0 1.0
  bloom 1.0 1.0 1.0 1.0 1.0
  btree_gin 1.3 1.3 1.3 1.3 1.3
  btree_gist 1.6 1.7 1.7 1.7 1.8
  citext 1.6 1.6 1.6 1.6 1.8
  cube 1.5 1.5 1.5 1.5 1.5
  dblink 1.2 1.2 1.2 1.2 1.2
  dict_int 1.0 1.0 1.0 1.0 1.0
  earthdistance 1.1 1.1 1.2 1.2 1.2
  fuzzystrmatch 1.1 1.1 1.2 1.2 1.2
  h3 4.1.3 4.1.3 4.1.3 4.1.3 4.2.3
  h3_postgis 4.1.3 4.1.3 4.1.3 4.1.3 4.2.3
  hll 2.19 2.19 2.19 2.19 2.19
  hstore 1.8 1.8 1.8 1.8 1.8
  hypopg 1.4.2 1.4.2 1.4.2 1.4.2 1.4.2
  insert_username 1.0 1.0 1.0 1.0 1.0
  intagg 1.1 1.1 1.1 1.1 1.1
  intarray 1.5 1.5 1.5 1.5 1.5
  ip4r 2.4 2.4 2.4 2.4 2.4
  isn 1.2 1.2 1.2 1.2 1.3
  lo 1.1 1.1 1.1 1.1 1.2
  ltree 1.2 1.2 1.2 1.3 1.3
  moddatetime 1.0 1.0 1.0 1.0 1.0
  neon 1.9 1.9 1.9 1.9 1.9
  neon_utils 1.0 1.0 1.0 1.0 1.0
  online_advisor - - - 1.0 -
  pg_cron 1.6 1.6 1.6 1.6 1.6
  pg_graphql 1.5.11 1.5.11 1.5.11 1.5.11 -
  pg_hashids 1.2.1 1.2.1 1.2.1 1.2.1 1.2.1
  pg_hint_plan 1.4.1 1.5.0 1.6.0 1.7.0 1.8.0
  pg_ivm 1.9 1.9 1.9 1.9 1.12
  pg_jsonschema 0.3.3 0.3.3 0.3.3 0.3.3 -
  pg_mooncake 0.1.2 0.1.2 0.1.2 0.1.2 -
  pg_partman 5.1.0 5.1.0 5.1.0 5.1.0 5.1.0
  pg_prewarm 1.2 1.2 1.2 1.2 1.2
  pg_repack 1.5.2 1.5.2 1.5.2 1.5.2 1.5.2
  roaringbitmap 0.5 0.5 0.5 0.5 0.5
  pg_session_jwt 0.3.1 0.3.1 0.3.1 0.3.1 0.3.1
  pg_stat_statements 1.9 1.10 1.10 1.11 1.12
  pg_tiktoken 0.0.1 0.0.1 0.0.1 0.0.1 0.0.1
  pg_trgm 1.6 1.6 1.6 1.6 1.6
  pg_uuidv7 1.6 1.6 1.6 1.6 1.6
  pgcrypto 1.3 1.3 1.3 1.3 1.4
  pgjwt 0.2.0 0.2.0 0.2.0 0.2.0 0.2.0
  rag 0.0.0 0.0.0 0.0.0 0.0.0 0.0.0
  pgrouting 3.4.2 3.4.2 3.4.2 3.6.2 3.8.0
  pgrowlocks 1.2 1.2 1.2 1.2 1.2
  pgstattuple 1.5 1.5 1.5 1.5 1.5
  pgtap 1.3.3 1.3.3 1.3.3 1.3.3 1.3.3
  vector 0.8.0 0.8.0 0.8.0 0.8.0 0.8.1
  pg_search 0.15.26 0.15.26 0.15.26 0.15.26 -
  ulid 0.1.5 0.1.5 0.1.5 - -
  pgx_ulid - - - 0.2.0 -
  plcoffee 3.1.10 3.1.10 3.1.10 - -
  plls 3.1.10 3.1.10 3.1.10 - -
  plpgsql 1.0 1.0 1.0 1.0 1.0
  plpgsql_check 2.8.2 2.8.2 2.8.2 2.8.2 2.8.2
  plv8 3.1.10 3.1.10 3.1.10 3.2.3 -
  postgis 3.3.3 3.3.3 3.3.3 3.5.0 3.6.0
  postgis_raster 3.3.3 3.3.3 3.3.3 3.5.0 3.6.0
  postgis_sfcgal 3.3.3 3.3.3 3.3.3 3.5.0 3.6.0
  postgis_tiger_geocoder 3.3.3 3.3.3 3.3.3 3.5.0 3.6.0
  postgis_topology 3.3.3 3.3.3 3.3.3 3.5.0 3.6.0
  postgres_fdw 1.1 1.1 1.1 1.1 1.2
  prefix 1.2.0 1.2.0 1.2.0 1.2.0 1.2.0
  rdkit 4.3.0 4.3.0 4.3.0 4.6.0 4.8.0
  refint 1.0 1.0 1.0 1.0 1.0
  rum 1.3 1.3 1.3 1.3 -
  seg 1.4 1.4 1.4 1.4 1.4
  semver 0.32.1 0.32.1 0.32.1 0.40.0 0.40.0
  tablefunc 1.0 1.0 1.0 1.0 1.0
  tcn 1.0 1.0 1.0 1.0 1.0
  timescaledb 2.10.1 2.10.1 2.13.0 2.17.1 -
  tsm_system_rows 1.0 1.0 1.0 1.0 1.0
  tsm_system_time 1.0 1.0 1.0 1.0 1.0
  unaccent 1.1 1.1 1.1 1.1 1.1
  unit 7 7 7 7 -
  uuid-ossp 1.1 1.1 1.1 1.1 1.1
  xml2 1.1 1.1 1.1 1.1 1.2
`;

const byName = new Map(
  TABLE.trim()
    .split("\n")
    .map((line) => {
      const [name = "", ...versions] = line.trim().split(" ");
      return [name, versions] as const;
    }),
);

/** What Neon has to switch on, or wants to be asked for, before the extension can be created. */
const SWITCHED_ON_FIRST = new Set(["pg_cron", "pg_repack", "anon", "pg_search", "pgx_ulid", "pg_mooncake", "rag"]);

export interface OfferedExtension {
  version: string;
  isSwitchedOnFirst: boolean;
}

/** What Neon offers for a version of Postgres, as far as the list knows; null where it offers nothing by that name. */
export function neonExtension(name: string, major: number): OfferedExtension | null {
  const version = byName.get(name)?.[major - FIRST_MAJOR];
  return version === undefined || version === "-" ? null : { version, isSwitchedOnFirst: SWITCHED_ON_FIRST.has(name) };
}

export const neonExtensionNames: readonly string[] = [...byName.keys()];
