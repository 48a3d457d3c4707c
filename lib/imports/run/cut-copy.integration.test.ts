import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digests, query } from "@/e2e/imports/scene";
import { type TestDatabase, testServer, type Version } from "@/e2e/servers/test-servers";
import { copyPart } from "@/lib/copy/copy-part";
import { type PlannedTable, planCopies, planTable } from "@/lib/plan/copy-plan";
import { copyUnits } from "@/lib/plan/data-units";
import type { CopyToSplit } from "@/lib/plan/split-copy";
import { type CopyPart, isKeyRange } from "@/lib/plan/unit";
import { closeSession, openSession } from "@/lib/postgres/session";
import { inspect } from "@/lib/source/inspect";
import type { Inventory, SourceTable } from "@/lib/source/inventory";
import { readTableKeys } from "@/lib/source/table-keys";
import { cutCopy } from "./cut-copy";

const GB = 1024 ** 3;

/** Keys of each type, values that crowd and lie far apart, rows that the statistics have never seen. */
const SCHEMA = `
  create table ints (id bigint primary key, note text);
  create table small (id smallint primary key);
  create table ids (id uuid primary key, note text);
  create table days (day date, n int, primary key (day, n));
  create table moments (at timestamptz, n int, note text, primary key (at, n));
  create table clocks (at timestamp primary key);
  create table "Odd ""Table" ("the ""key" int primary key, note text);
  create table unseen (id int primary key, note text);
  create table texts (id text primary key);
  create table keyless (id int, note text);
  create table same (id int not null, note text);
  create index on same (id);
  create table partial (id int not null, n int not null unique);
  create unique index on partial (id) where id > 10;
  create table base (id int primary key, note text);
  create table heir (primary key (id)) inherits (base);
  create table parent (id int not null, at int not null) partition by range (at);
  create table part_1 partition of parent (primary key (id)) for values from (0) to (500);
  create table part_2 partition of parent (primary key (id)) for values from (500) to (1000);
  create table empty (id int primary key);`;

const ROWS = `
  insert into ints select n::bigint * n * n, md5(n::text) from generate_series(-700, 2000) n;
  insert into ints values (9223372036854775807, 'last'), (-9223372036854775808, 'first');
  insert into small select generate_series(-200, 200);
  insert into ids select md5(n::text)::uuid, n::text from generate_series(1, 1500) n;
  insert into days select date '2024-01-01' + n % 300, n from generate_series(1, 1500) n;
  insert into days values ('infinity', 1), ('-infinity', 1), ('0044-03-15 BC', 1);
  insert into moments select timestamptz '2024-01-01 UTC' + n * interval '97 minutes 0.123457 seconds', n, repeat('x', n % 90) from generate_series(1, 1500) n;
  insert into clocks select timestamp '1965-05-05' + n * interval '13 days 1.000001 seconds' from generate_series(1, 1200) n;
  insert into "Odd ""Table" select n, n::text from generate_series(1, 1000) n;
  insert into texts select n::text from generate_series(1, 500) n;
  insert into keyless select n, n::text from generate_series(1, 900) n;
  insert into same select n / 300, n::text from generate_series(0, 899) n;
  insert into partial select n % 7, n from generate_series(1, 800) n;
  insert into base select n, 'base' from generate_series(1, 700) n;
  insert into heir select n, 'heir' from generate_series(1, 800) n;
  insert into parent select n, n % 1000 from generate_series(1, 1800) n;
  delete from ints where id between 1000 and 20000 or id % 5 = 0;
  analyze;
  insert into ids select md5('later ' || n::text)::uuid, 'later' from generate_series(1, 300) n;
  insert into ints select 9000000000 + n, 'later' from generate_series(1, 400) n;
  insert into unseen select n, n::text from generate_series(1, 1000) n;`;

const VERSIONS: Version[] = ([10, 11, 13, 15] as const).filter(testServer.available);
const NEVER_CUT = ["texts", "keyless"];

describe.each(VERSIONS)("tables of Postgres %i that are cut", (version) => {
  let source: TestDatabase;
  let target: TestDatabase;
  let reading: Client;
  let writing: Client;
  let inventory: Inventory;
  let planned: Map<number, PlannedTable>;
  let large: SourceTable[];

  beforeAll(async () => {
    source = await (await testServer(version)).createDatabase("cut");
    target = await (await testServer(18)).createDatabase("cut");
    await query(source.spec, SCHEMA);
    // No vacuum of the server's own, which would analyze what is to be unseen.
    for (const name of ["unseen", "ids", "ints"]) {
      await query(source.spec, `alter table ${name} set (autovacuum_enabled = off)`);
    }
    await query(source.spec, ROWS);
    await query(target.spec, SCHEMA);
    reading = await openSession(source.spec, { side: "source", name: "test" });
    // What it reads must not depend on how this session writes times.
    await reading.query("set timezone = 'Asia/Tehran'; set datestyle = 'SQL, DMY'");
    await reading.query("begin isolation level repeatable read read only");
    inventory = await inspect(reading);
    const keys = await readTableKeys(
      reading,
      inventory.tables.map(({ oid }) => oid),
    );
    // As if each had a gigabyte for some hundred rows.
    large = inventory.tables.map((table) => ({ ...table, bytes: 3 * GB, key: keys.get(table.oid) }));
    const types = new Map(inventory.types.map((type) => [type.oid, type]));
    planned = new Map(inventory.tables.map((table) => [table.oid, planTable(table, types, true)]));
    writing = await openSession(target.spec, { side: "target", name: "test" });
  });
  afterAll(async () => {
    await closeSession(reading);
    await closeSession(writing);
    await source?.drop();
    await target?.drop();
  });

  const tableOf = (oid: number): PlannedTable => {
    const table = planned.get(oid);
    if (!table) throw new Error(`There is no table ${oid}.`);
    return table;
  };
  async function copyAll(parts: CopyPart[]): Promise<void> {
    const names = [...planned.values()].map(({ name }) => `"${name.replaceAll('"', '""')}"`);
    await writing.query(`truncate ${names.join(", ")}`);
    for (const { table, range } of parts) {
      await writing.query("begin");
      await copyPart({ source: reading, target: writing, onBytes: () => 0 }, tableOf(table.oid), range);
      await writing.query("commit");
    }
    const all = [...planned.values()].map(({ schema, name }) => `${schema}.${name}`);
    expect(await digests(target.spec, all)).toEqual(await digests(source.spec, all));
  }
  const partsOf = (parts: CopyPart[], name: string) => parts.filter(({ table }) => table.name === name);

  it("arrive exactly, in the ranges of the plan", async () => {
    const parts = planCopies(large, inventory.server, 1).flatMap((bundle) => bundle.parts);
    if (version < 14) {
      expect(partsOf(parts, "ints")).toHaveLength(12);
      expect(partsOf(parts, "ids").every(({ range }) => range && isKeyRange(range))).toBe(true);
      expect(partsOf(parts, "moments").length).toBeGreaterThan(8);
      // The statistics know nothing of it: from its first value to its last, in equal steps.
      expect(partsOf(parts, "unseen")).toHaveLength(12);
      expect(partsOf(parts, "partial").map(({ range }) => range && isKeyRange(range) && range.column)).toContain("n");
      for (const name of [...NEVER_CUT, "empty"]) expect(partsOf(parts, name)).toMatchObject([{ range: null }]);
    } else expect(parts.every(({ range }) => range === null || !isKeyRange(range))).toBe(true);
    await copyAll(parts);
  });

  it("arrive exactly when they are halved until nothing is left to halve", async () => {
    const bundle = planCopies(
      large.map((table) => ({ ...table, bytes: 1 })),
      inventory.server,
      1,
    );
    expect(bundle).toHaveLength(1);
    const open = copyUnits(bundle, []).map(({ payload, ...unit }) => toSplit(unit, payload));
    const smallest: CopyToSplit[] = [];
    // Each value by itself would be thousands of pieces: where a table has come to this depth it is fine enough.
    const deepest = 9;
    for (let unit = open.pop(); unit; unit = open.pop()) {
      const pieces = unit.id.split("/").length > deepest ? null : await cutCopy(reading, unit, planned);
      if (pieces) open.push(...pieces.map(({ payload, ...piece }) => toSplit(piece, payload)));
      else smallest.push(unit);
    }
    const parts = smallest.flatMap((unit) => unit.parts);
    expect(parts.length).toBeGreaterThan(version < 14 ? 60 : 30);
    expect(partsOf(parts, "small").length).toBeGreaterThan(version < 14 ? 8 : 0);
    if (version < 14) for (const name of [...NEVER_CUT, "empty"]) expect(partsOf(parts, name)).toHaveLength(1);
    else expect(partsOf(parts, "keyless").length).toBeGreaterThan(1);
    await copyAll(parts);
  });
});

const toSplit = (unit: Omit<CopyToSplit, "parts">, payload: { kind: string; parts?: CopyPart[] }): CopyToSplit => ({
  ...unit,
  parts: payload.parts ?? [],
});
