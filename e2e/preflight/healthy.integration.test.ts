import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inSession } from "@/e2e/imports/scene";
import { loadDump } from "@/e2e/load-dump";
import { type TestDatabase, type TestRole, testServer } from "@/e2e/servers/test-servers";
import { seedDemo } from "@/lib/embedded/demo/seed";
import { checkBoth } from "@/lib/imports/run/inspect-both";
import { importOptionsSchema } from "@/lib/plan/options";
import type { Finding } from "@/lib/preflight/finding";

const samplePath = (name: string) => fileURLToPath(new URL(`../../../shared/samples/${name}.sql`, import.meta.url));

let target: TestDatabase;
let owner: TestRole;

beforeAll(async () => {
  const server = await testServer(18);
  target = await server.createDatabase("arrival");
  owner = await server.createRole({ database: target.spec.database });
  await inSession(target.spec, (client) =>
    client.query(`alter database "${target.spec.database}" owner to "${owner.name}"`),
  );
});
afterAll(async () => {
  await inSession(target.spec, (client) =>
    client.query(`alter database "${target.spec.database}" owner to current_user`),
  );
  await owner?.drop();
  await target?.drop();
});

interface Document {
  status: string;
  findings: Finding[];
  script: string | null;
}

/** The command as somebody types it. */
async function check(source: string, ...more: string[]): Promise<Document> {
  const { PATH, HOME } = process.env;
  const args = ["bin/ferry.mjs", "check", "--source", source, "--json", ...more];
  const child = spawn(process.execPath, args, {
    env: { PATH, HOME, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [stdout] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return JSON.parse(stdout) as Document;
}

/** Zero that stops, zero that warns, with a target and without one. */
async function expectNoAlarm(source: TestDatabase) {
  const { status, findings, script } = await check(source.url, "--target", owner.url);
  const alone = await checkBoth({
    source: source.spec,
    target: null,
    options: importOptionsSchema.parse({}),
    resuming: false,
  });
  for (const found of [findings, alone.findings]) {
    expect(found.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(found.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["server.version", "size.database", "size.estimate"]),
    );
  }
  expect({ status, script }).toEqual({ status: "ok", script: null });
}

describe.skipIf(!testServer.available(18))("a healthy database gives no false alarm:", () => {
  it("the demo", async () => {
    const shop = await (await testServer(18)).createDatabase("demo");
    await seedDemo(shop.spec);
    await expectNoAlarm(shop);
    await shop.drop();
  });

  // Public databases that live beside the project; where they are absent the test says that it was skipped.
  for (const name of ["chinook", "netflix", "pagila"]) {
    it.skipIf(!existsSync(samplePath(name)))(`the sample ${name}`, async () => {
      const sample = await (await testServer(testServer.available(15) ? 15 : 18)).createDatabase("sample");
      await inSession(sample.spec, (client) => loadDump(client, samplePath(name)));
      await expectNoAlarm(sample);
      await sample.drop();
    });
  }
});
