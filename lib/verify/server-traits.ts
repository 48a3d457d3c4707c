import type { Client } from "pg";
import { majorVersion } from "@/lib/source/inventory";
import type { HashMethod } from "./row-hash";

/** What of a server decides how its values are compared with another's. */
export interface ServerTraits {
  major: number;
  encoding: string;
  /** What its hash functions of 64 bits make of one value each; null before there were any. */
  hashes: string | null;
  /** The same of the one of 32 bits. */
  shortHash: number;
}

const TRAITS = `
  select current_setting('server_version_num')::int as "versionNumber",
         pg_encoding_to_char(encoding) as encoding,
         hash_array(array['\\x00ff5c0a09deadbeef0123'::bytea]) as "shortHash"
    from pg_catalog.pg_database where datname = current_database()`;

/** One of each function that row-hash.ts calls: another byte order, or a server that only looks like Postgres, tells. */
const PROBE = `
  select concat_ws(' ', hash_array_extended(array['\\x00ff5c0a09deadbeef0123'::bytea], 42),
                   hashtextextended('a text of some length' collate "C", 42), hashint2extended(-2::int2, 42),
                   hashint4extended(-70000, 42), hashint8extended(-5000000000, 42), hashoidextended(3000000000, 42),
                   hashfloat4extended(1.5::float4, 42), hashfloat8extended(-1e100::float8, 42),
                   uuid_hash_extended('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 42),
                   hashinetextended('2001:db8::1/64'::inet, 42)) as hashes`;

const HASHES_FROM_MAJOR = 11;

const known = new WeakMap<Client, ServerTraits>();

/** Asked once per session. */
export async function serverTraits(client: Client): Promise<ServerTraits> {
  const before = known.get(client);
  if (before) return before;
  const { rows } = await client.query<{ versionNumber: number; encoding: string; shortHash: number }>(TRAITS);
  const [server] = rows;
  if (!server) throw new Error("The server does not know its own database.");
  const major = majorVersion(server);
  const probe = major >= HASHES_FROM_MAJOR ? await client.query<{ hashes: string }>(PROBE) : null;
  const { encoding, shortHash } = server;
  const traits = { major, encoding, shortHash, hashes: probe?.rows[0]?.hashes ?? null };
  known.set(client, traits);
  return traits;
}

/** Pure. Only servers of two byte orders, or one that is Postgres in name only, are left with md5. */
export function hashMethod(source: ServerTraits, target: ServerTraits): HashMethod {
  if (source.hashes !== null && source.hashes === target.hashes) return "extended";
  return source.shortHash === target.shortHash ? "pairs" : "md5";
}
