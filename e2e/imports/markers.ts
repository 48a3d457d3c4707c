import { gunzipSync } from "node:zlib";
import { inSession } from "@/e2e/imports/scene";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteQualified } from "@/lib/postgres/quote";

/** So much of a secret is enough to know it by. */
const TELLING = 10;

/** Every way in which a secret may be written down somewhere. */
export function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const hex = Buffer.from(secret).toString("hex");
  const html = secret.replaceAll("&", "&amp;").replaceAll("'", "&#x27;").replaceAll('"', "&quot;");
  // As part of something longer it begins at each of three places in a group of four letters.
  const base64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString("base64");
    const whole = text.slice(before === 0 ? 0 : 4, text.length - 4);
    return [whole, whole.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const all = [
    secret,
    secret.slice(0, TELLING),
    secret.slice(-TELLING),
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    new URLSearchParams({ s: secret }).toString().slice(2),
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll("&", "\\u0026").replaceAll("'", "\\u0027"),
    html,
    html.replaceAll("&#x27;", "&#39;"),
    hex,
    hex.toUpperCase(),
    ...base64,
  ];
  return [...new Set(all)];
}

/** Where any of the secrets is found, in words that tell no secret. */
export function foundIn(places: Record<string, Buffer | string>, secrets: Record<string, string>): string[] {
  return Object.entries(places).flatMap(([place, content]) => {
    const bytes = Buffer.from(content);
    return Object.entries(secrets).flatMap(([name, secret]) =>
      spellings(secret).flatMap((spelling, form) =>
        bytes.includes(spelling) ? [`${place} holds the secret of ${name}, in form ${form}`] : [],
      ),
    );
  });
}

/**
 * All of a database: each value of each row, and each byte of each file, so that rows that were deleted or replaced are
 * looked at too.
 */
export const everythingIn = async (spec: ConnectionSpec): Promise<Record<string, Buffer>> => ({
  ...(await rowsIn(spec)),
  ...(await filesIn(spec)),
});

/** What is packed is unpacked. */
export function rowsIn(spec: ConnectionSpec): Promise<Record<string, Buffer>> {
  return inSession(spec, async (client) => {
    const { rows: tables } = await client.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const places: Record<string, Buffer> = {};
    for (const { schema, name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from ${quoteQualified(schema, name)}`);
      const values = rows.flatMap((row) => Object.values(row)).flatMap(bytesOf);
      places[`table ${schema}.${name}`] = Buffer.concat(values);
    }
    return places;
  });
}

function filesIn(spec: ConnectionSpec): Promise<Record<string, Buffer>> {
  return inSession(spec, async (client) => {
    await client.query("checkpoint");
    const { rows: files } = await client.query<{ name: string; bytes: Buffer }>(
      `select c.relname as name, pg_read_binary_file(f.path, 0, 1 << 28, true) as bytes
         from pg_class c cross join lateral (select pg_relation_filepath(c.oid) as path) f
        where f.path is not null and pg_relation_size(c.oid) > 0
          and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
    );
    return Object.fromEntries(files.map(({ name, bytes }) => [`file of ${name}`, bytes ?? Buffer.alloc(0)]));
  });
}

function bytesOf(value: unknown): Buffer[] {
  if (value === null || value === undefined) return [];
  if (!Buffer.isBuffer(value)) return [Buffer.from(typeof value === "string" ? value : JSON.stringify(value))];
  return value.subarray(0, 2).toString("hex") === "1f8b" ? [value, gunzipSync(value)] : [value];
}
