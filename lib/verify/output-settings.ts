import type { Client } from "pg";
import type { CountedSide } from "@/lib/plan/unit";

/**
 * What the text or the binary form of a value may depend on. Names are written with their schema, and operators are
 * found in pg_catalog, where only the server's own are. JIT is off since it compiles for longer than most tables take.
 */
const SETTINGS: Record<string, string> = {
  search_path: "pg_catalog",
  client_encoding: "UTF8",
  TimeZone: "UTC",
  DateStyle: "ISO, YMD",
  IntervalStyle: "postgres",
  extra_float_digits: "3",
  bytea_output: "hex",
  xmlbinary: "base64",
  xmloption: "content",
  lc_monetary: "C",
  quote_all_identifiers: "off",
  row_security: "off",
  standard_conforming_strings: "on",
  jit: "off",
};

const pairs = Object.entries(SETTINGS)
  .map(([name, value]) => `('${name}', '${value}')`)
  .join(", ");

/** Those that this server knows, until the transaction ends. */
export const FIX_OUTPUT = `
  select pg_catalog.set_config(s.name, v.setting, true)
    from (values ${pairs}) as v (name, setting)
    join pg_catalog.pg_settings s on s.name = v.name`;

/**
 * Does `read` in the transaction that the session is in, with every setting fixed that output depends on. Afterwards
 * they are as they were, for whatever else the transaction is for. `read` must write nothing.
 */
async function withFixedOutput<T>(client: Client, read: () => Promise<T>): Promise<T> {
  await client.query(`savepoint ferry_output; ${FIX_OUTPUT}`);
  const result = await read();
  await client.query("rollback to savepoint ferry_output; release savepoint ferry_output");
  return result;
}

export const withFixedOutputOn = <T>(
  { source, target }: Record<CountedSide, Client>,
  read: () => Promise<T>,
): Promise<T> => withFixedOutput(source, () => withFixedOutput(target, read));
