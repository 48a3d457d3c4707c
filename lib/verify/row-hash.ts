import { floatHash, formSql, hashSql, type Value } from "./form-sql";
import type { ValueForm } from "./value-form";

/**
 * How rows become numbers.
 *
 * `extended`: the server's own 64-bit hash functions, from 11 on. They are the same on 11 to 18, on machines of one
 * byte order, and are asked on both sides before they are relied upon. They do not need md5, which a server in FIPS
 * mode refuses, and take a sixth of its time.
 * `pairs`: two 32-bit hashes of the row's binary form, for 10, which has no others.
 * `md5`: half of the md5 of the row's binary form, where the two servers' own hashes are not alike.
 *
 * The sum of a table's numbers does not depend on their order. Two tables that differ have the same number of rows and
 * the same sum with a probability of about (columns + 1) / 2^64: one in 10^18 for a table of a dozen columns.
 */
export type HashMethod = "extended" | "pairs" | "md5";

export interface HashedColumn {
  form: ValueForm;
  value: Value;
  /** On both sides. */
  notNull: boolean;
}

export interface Hashing {
  method: HashMethod;
  sameEncoding: boolean;
}

/** Pure: one number of 64 bits for the values of some columns together, never null. */
export function rowHash(columns: HashedColumn[], hashing: Hashing): string {
  if (columns.length === 0) return "0::int8";
  if (hashing.method === "extended") return extendedHash(columns, hashing);
  const values = columns.map(({ form, value }) => formSql(form, value)).join(", ");
  const bytes = `record_send(row(${values}))`;
  if (hashing.method === "md5") return `('x' || left(md5(${bytes}), 16))::bit(64)::int8`;
  // The bytes are made once: without OFFSET the subquery would be dissolved.
  const upper = "hash_array(array[b])::int8 << 32";
  const lower = "hash_array(array['\\x01'::bytea || b])::int8 & 4294967295";
  return `(select (${upper}) | (${lower}) from (select ${bytes} as b offset 0) r)`;
}

/**
 * Values that are never null are hashed one after the other, each with the hash of those before it as its seed. Others
 * are hashed by themselves and put beside it, since a null would wipe out what came before. The last step mixes them:
 * without it, values that changed places between two rows might leave the sum as it is.
 */
function extendedHash(columns: HashedColumn[], hashing: Hashing): string {
  let chain = "1";
  const beside: string[] = [];
  for (const [index, { form, value, notNull }] of columns.entries()) {
    // A column has a seed of its own: the same value in another column is something else.
    const seed = String(1_000_003 + index * 7_919);
    if (form.how === "float") beside.push(floatHash(form.name, value, seed));
    else if (notNull) chain = hashSql(form, value, chain, hashing);
    else beside.push(`coalesce(${hashSql(form, value, seed, hashing)}, ${seed})`);
  }
  const parts = chain === "1" ? beside : [chain, ...beside];
  return `hashint4extended(1, ${parts.join(" # ")})`;
}

/** Pure: the hash of each column by itself, to tell which ones differ. */
export const columnHashes = (columns: HashedColumn[], hashing: Hashing): string =>
  `array[${columns.map((column) => `${rowHash([column], hashing)}::text`).join(", ")}]::text[]`;
