import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { inSession, makeScene, query, type Scene, SOURCE, TARGET } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { quoteIdentifier, quoteLiteral, quoteQualified } from "@/lib/postgres/quote";
import { closeSession, openSession } from "@/lib/postgres/session";

/** With characters that each encoding writes in another way. */
const PASSWORDS = { source: "Mark3r/S0urce&x'", target: 'Mark3r+T4rget%y"' };

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry();
  scene = await makeScene(
    "create table public.t (id int primary key); insert into public.t select generate_series(1, 10)",
  );
});
afterAll(async () => {
  await scene?.close();
  await ferry?.stop();
});

async function withPassword(spec: ConnectionSpec, server: typeof SOURCE, password: string): Promise<ConnectionSpec> {
  const role = await (await testServer(server)).createRole({ attributes: "superuser" });
  await query(spec, `alter role ${quoteIdentifier(role.name)} password ${quoteLiteral(password)}`);
  return { ...spec, user: role.name, password };
}

/** Every column of every row of the metadata database, the engine's own tables too; what is packed is unpacked. */
async function everythingStored(): Promise<string> {
  return inSession(ferry.metadata.spec, async (client) => {
    const tables = await client.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    expect(new Set(tables.rows.map(({ schema }) => schema))).toContain("public");
    expect(new Set(tables.rows.map(({ schema }) => schema)).size).toBeGreaterThan(1);
    const texts: string[] = [];
    for (const { schema, name } of tables.rows) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from ${quoteQualified(schema, name)}`);
      for (const value of rows.flatMap((row) => Object.values(row))) {
        if (!Buffer.isBuffer(value)) texts.push(typeof value === "string" ? value : JSON.stringify(value));
        else
          texts.push(
            value.toString("latin1"),
            value.subarray(0, 2).toString("hex") === "1f8b" ? gunzipSync(value).toString() : "",
          );
      }
    }
    return texts.join("\n");
  });
}

it("keeps no password in clear in the metadata database, in any spelling", async () => {
  const source = await withPassword(scene.source.spec, SOURCE, PASSWORDS.source);
  const target = await withPassword(scene.target.spec, TARGET, PASSWORDS.target);
  const succeeded = await ferry.run(connectionUrl(source), connectionUrl(target));
  expect((await ferry.view(succeeded)).status).toBe("succeeded");

  // A password that stops being right in between: errors are kept too.
  const again = await makeScene("create table public.t (id int)");
  const failing = await ferry.create(
    connectionUrl({ ...source, database: again.source.spec.database }),
    again.target.url,
  );
  await query(scene.source.spec, `alter role ${quoteIdentifier(source.user)} password 'another'`);
  await ferry.start(failing);
  const failed = await ferry.waitForEnd(failing);
  expect(failed).toMatchObject({ status: "failed", error: { code: "connect.auth_failed" } });
  await again.close();

  const stored = await everythingStored();
  expect(stored).toContain(succeeded);
  expect(stored).toContain("ferry/import.started");
  for (const password of Object.values(PASSWORDS)) {
    const spellings = [
      password,
      encodeURIComponent(password),
      JSON.stringify(password).slice(1, -1),
      JSON.stringify(JSON.stringify(password)).slice(3, -3),
      Buffer.from(password).toString("base64").replace(/=+$/, ""),
      password.slice(0, 7),
    ];
    for (const spelling of spellings) expect(stored.includes(spelling), spelling).toBe(false);
  }
});

it("cannot write on the source, whatever it tried", async () => {
  const client = await openSession(scene.source.spec, { side: "source", name: "e2e" });
  for (const sql of [
    "insert into public.t values (99)",
    "create table public.u (id int)",
    "truncate public.t",
    "select nextval('public.s')",
    "begin; insert into public.t values (99)",
  ]) {
    await query(scene.source.spec, "create sequence if not exists public.s");
    await expect(client.query(sql), sql).rejects.toMatchObject({ code: "25006" });
    await client.query("rollback");
  }
  await closeSession(client);
});
