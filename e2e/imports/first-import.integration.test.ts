import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { testServer } from "@/e2e/servers/test-servers";
import { seedDemo } from "@/lib/embedded/demo/seed";
import { getImport } from "@/lib/imports/get-import";
import { withSession } from "@/lib/postgres/session";

let ferry: FerryRig;

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());

describe.skipIf(!testServer.available(15) || !testServer.available(17))("the demo from 15 to 17", () => {
  it("arrives whole and leaves nothing of Ferry's behind", async () => {
    const source = await (await testServer(15)).createDatabase("demo");
    const target = await (await testServer(17)).createDatabase("arrival");
    await seedDemo(source.spec);

    const id = await ferry.run(source.url, target.url);
    const view = await getImport({ id });

    expect(view.error).toBeNull();
    expect(view.verification.differences).toEqual([]);
    expect(view.status).toBe("succeeded");
    expect(view.tables.length).toBeGreaterThan(25);
    expect(view.tables.every((table) => table.counted?.source === table.counted?.target)).toBe(true);
    const left = await withSession(target.spec, { side: "target", name: "test" }, (client) =>
      client.query("select 1 from pg_namespace where nspname = '_ferry'"),
    );
    expect(left.rowCount).toBe(0);
  });
});
