import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, inSession, makeScene, query, SOURCE, TARGET } from "@/e2e/imports/scene";
import { loadDump } from "@/e2e/load-dump";

const samplePath = (name: string) => fileURLToPath(new URL(`../../../shared/samples/${name}.sql`, import.meta.url));

let ferry: FerryRig;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());

/** Public databases that live beside the project; where they are absent the test says that it was skipped. */
describe.each(["chinook", "netflix", "pagila"])("the sample %s", (name) => {
  it.skipIf(!existsSync(samplePath(name)))(`arrives whole from ${SOURCE} to ${TARGET}`, async () => {
    const scene = await makeScene("select 1");
    await inSession(scene.source.spec, (client) => loadDump(client, samplePath(name)));
    const view = await ferry.view(await ferry.run(scene.source.url, scene.target.url));
    expect(view.error).toBeNull();
    expect(view.verification.differences).toEqual([]);
    expect(view.status).toBe("succeeded");
    const tables = view.tables.map((table) => `${table.schema}.${table.name}`);
    expect(tables.length).toBeGreaterThan(0);
    const before = await digests(scene.source.spec, tables);
    expect(Object.values(before).some((digest) => !digest.startsWith("0 "))).toBe(true);
    expect(await digests(scene.target.spec, tables)).toEqual(before);

    const objects = `
      select (select count(*)::int from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname = 'public') as constraints,
             (select count(*)::int from pg_indexes where schemaname = 'public') as indexes,
             (select count(*)::int from pg_trigger where not tgisinternal) as triggers,
             (select count(*)::int from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public') as functions`;
    expect(await query(scene.target.spec, objects)).toEqual(await query(scene.source.spec, objects));
    await scene.close();
  });
});
