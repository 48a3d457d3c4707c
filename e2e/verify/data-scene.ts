import type { Client } from "pg";
import { type TestDatabase, testServer, type Version } from "@/e2e/servers/test-servers";
import { copyPart } from "@/lib/copy/copy-part";
import { planTable } from "@/lib/plan/copy-plan";
import { closeSession, openSession } from "@/lib/postgres/session";
import { inspect } from "@/lib/source/inspect";
import { columnsSince, createEveryType, fillEveryType, TYPES } from "./every-type";

/** A table for each way in which rows are told apart, and one with values that lie outside of its pages. */
const TABLES = `
  create table keyed (id int primary key, a text, b text, at timestamptz);
  create table twofold (region text not null, number bigint not null, amount numeric, primary key (region, number));
  create table unkeyed (kind text, amount float8);
  create table large (id uuid primary key, body text, bytes bytea);
  create table bare ()`;

export const TABLE_NAMES = ["every_type", "keyed", "twofold", "unkeyed", "large", "bare"];

const FILL = `
  insert into keyed select n, 'a' || n, 'b' || n, timestamptz '2026-01-01 00:00+00' + n * interval '1 hour'
    from generate_series(1, 2000) n;
  insert into twofold select 'r' || n % 3, n, n * 1.10 from generate_series(1, 300) n;
  insert into unkeyed select 'kind' || n % 5, n % 7 from generate_series(1, 500) n;
  insert into large select md5(n::text)::uuid, string_agg(md5(n::text || i), ''), decode(string_agg(md5(i::text), ''), 'hex')
    from generate_series(1, 4) n, generate_series(1, 6000) i group by n;
  insert into bare default values;
  insert into bare default values;
  -- Arrays keep the mark of a null that is there no more.
  update every_type set a4[2] = 2 where id = 1`;

export interface DataScene {
  source: Client;
  target: Client;
  close(): Promise<void>;
}

/** Both databases with the same rows: those of the target came as an import brings them. */
export async function dataScene(from: Version, to: Version): Promise<DataScene> {
  const [here, there] = await Promise.all([testServer(from), testServer(to)]);
  const [source, target] = await Promise.all([here.createDatabase("harms"), there.createDatabase("harms")]);
  const columns = columnsSince(Math.min(from, to));
  // As if by another user, in another place: comparisons fix what they depend on.
  const [reading, writing] = await Promise.all([sessionTo(source), sessionTo(target)]);
  await reading.query("set timezone = 'Asia/Tehran'; set datestyle = 'SQL, DMY'; set extra_float_digits = 0");
  await writing.query("set intervalstyle = 'iso_8601'; set bytea_output = 'escape'");
  const create = `${TYPES}; ${createEveryType(columns)}; ${TABLES}`;
  // Numbers of types differ between the two.
  await writing.query("create type elsewhere as enum ('x'); create table moved (a elsewhere)");
  await Promise.all([reading.query(create), writing.query(create)]);
  await reading.query(`set datestyle = 'ISO, YMD'; ${fillEveryType(columns)}; ${FILL}`);
  const { tables, types } = await inspect(reading);
  const byOid = new Map(types.map((type) => [type.oid, type]));
  await reading.query("set extra_float_digits = 3; begin isolation level repeatable read read only");
  await writing.query("begin");
  for (const table of tables) {
    await copyPart({ source: reading, target: writing, onBytes: () => 0 }, planTable(table, byOid, true), null);
  }
  await writing.query("commit");
  await reading.query("set datestyle = 'SQL, DMY'; set extra_float_digits = 0");
  const close = async () => {
    await Promise.all([closeSession(reading), closeSession(writing)]);
    await Promise.all([source.drop(), target.drop()]);
  };
  return { source: reading, target: writing, close };
}

const sessionTo = ({ spec }: TestDatabase) => openSession(spec, { side: "metadata", name: "harms" });
