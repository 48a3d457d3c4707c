import { describe, expect, it } from "vitest";
import { inSession, query } from "@/e2e/imports/scene";
import { startProxy } from "@/e2e/servers/tcp-proxy";
import { probeThroughput } from "@/lib/imports/run/probe-throughput";
import { readSettings } from "@/lib/source/facts/settings";
import { readTableFacts } from "@/lib/source/facts/tables";
import { urlTarget } from "@/lib/target/url";
import { engineScene, named, VERSION } from "./engine-scene";

/** What takes a server of its own, and other settings for each. */
const scene = engineScene();

describe("the checks", () => {
  it("find prepared transactions, and how to end them", async () => {
    await inSession(scene.source.spec, async (client) => {
      await client.query("begin");
      await client.query("insert into public.quiet values (7)");
      await client.query("prepare transaction 'it''s mine too'");
    });
    const [finding] = named((await scene.check()).findings, "server.prepared_transactions");
    expect(finding?.message).toContain("it's mine too");
    for (const line of finding?.sql?.split("\n") ?? []) await query(scene.source.spec, line);
    expect(named((await scene.check()).findings, "server.prepared_transactions")).toEqual([]);
  });

  it("know the limits of a role and of a database", async () => {
    const reader = await scene.server.createRole({
      database: scene.source.spec.database,
      attributes: "connection limit 3",
    });
    const [ofRole] = named((await scene.check({ source: reader.spec })).findings, "server.connections");
    expect(ofRole?.message).toMatch(new RegExp(`^User ${reader.name} has \\d free connections`));
    await query(scene.source.spec, `alter role "${reader.name}" connection limit -1`);
    await query(scene.source.spec, `alter database "${scene.source.spec.database}" connection limit 4`);
    const [ofDatabase] = named((await scene.check({ source: reader.spec })).findings, "server.connections");
    expect(ofDatabase?.message).toMatch(/^Database engine_\w+ has \d free connections/);
    await query(scene.source.spec, `alter database "${scene.source.spec.database}" connection limit -1`);
    expect(named((await scene.check({ source: reader.spec })).findings, "server.connections")).toEqual([]);
    await reader.drop();
  });

  it("see limits that a pooler has put back", async () => {
    await inSession(scene.source.spec, async (client) => {
      await client.query("set statement_timeout = '90s'; set lock_timeout = 700");
      const { timeouts } = await readSettings(client, VERSION, ["lock_timeout=700"]);
      expect(timeouts).toEqual([{ name: "statement_timeout", setting: "90000ms" }]);
    });
  });

  it.skipIf(VERSION < 15)("see that the library which orders text was changed", async () => {
    await query(
      scene.server.superuser,
      "create database drifted template template0 locale_provider icu icu_locale 'en-US'",
    );
    await query(scene.server.superuser, "update pg_database set datcollversion = '1.1' where datname = 'drifted'");
    const { findings } = await scene.check({ source: { ...scene.server.superuser, database: "drifted" } });
    expect(named(findings, "server.collation_version")[0]?.message).toContain("by version 1.1");
  });

  it("tell encodings that do not fit", async () => {
    const make = async (name: string, encoding: string) => {
      await query(
        scene.server.superuser,
        `create database ${name} template template0 encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`,
      );
      return { ...scene.server.superuser, database: name };
    };
    const [ascii, latin] = [await make("ascii", "SQL_ASCII"), await make("latin", "LATIN1")];
    expect(named((await scene.check({ source: ascii })).findings, "server.sql_ascii")).toHaveLength(1);
    const { findings } = await scene.check({ target: urlTarget(latin) });
    expect(named(findings, "target.encoding")).toHaveLength(1);
    expect(named(findings, "server.collation").length).toBeLessThanOrEqual(1);
  });

  it("tell one database from two", async () => {
    const { findings } = await scene.check({ target: urlTarget(scene.source.spec) });
    expect(named(findings, "target.same_database")).toMatchObject([{ severity: "block" }]);
    expect(named(findings, "target.not_empty")).toHaveLength(1);
  });

  it("tell what a provider keeps, and what leans on it", async () => {
    const heroku = await scene.server.createDatabase("heroku");
    await query(
      heroku.spec,
      `create schema _heroku; create table _heroku.theirs (id int primary key);
       create table public.ours (id int primary key, other int constraint leans references _heroku.theirs);`,
    );
    const { findings } = await scene.check({ source: heroku.spec });
    expect(named(findings, "source.provider")[0]?.message).toContain("schemas are left out: _heroku");
    expect(named(findings, "inside.provider_keys")).toMatchObject([
      { severity: "warn", message: expect.stringContaining("leans of public.ours (to _heroku.theirs)") },
    ]);
  });

  it("tell a target that cannot be reached as itself", async () => {
    const gone = { ...scene.target.spec, database: "nowhere" };
    await expect(scene.check({ target: urlTarget(gone) })).rejects.toMatchObject({ code: "connect.database_missing" });
  });
});

describe("throughput", () => {
  const tables = () => inSession(scene.source.spec, readTableFacts);

  it("is not measured where the database is small", async () => {
    expect(await probeThroughput(scene.source.spec, await tables())).toBeNull();
    expect(await probeThroughput(scene.source.spec, [], 0)).toBeNull();
  });

  it("is what the line lets through, for a second", async () => {
    await query(
      scene.source.spec,
      "create table public.wide as select repeat(md5(n::text), 30) as pad from generate_series(1, 20000) n",
    );
    const line = await startProxy({ to: scene.source.spec });
    line.bytesPerSecond = 2_000_000;
    const slow = await probeThroughput({ ...scene.source.spec, port: line.port }, await tables(), 1);
    expect(slow?.bytesPerSecond).toBeGreaterThan(100_000);
    expect(slow?.bytesPerSecond).toBeLessThan(8_000_000);
    await line.close();
    const fast = await probeThroughput(scene.source.spec, await tables(), 1);
    expect(fast?.bytesPerSecond).toBeGreaterThan(slow?.bytesPerSecond ?? 0);
    const { findings } = await scene.check({ probeFromBytes: 1 });
    expect(named(findings, "size.estimate")[0]?.message).toMatch(/was seen to send .* a second/);
    await query(scene.source.spec, "drop table public.wide");
  });
});
