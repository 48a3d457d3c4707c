import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRegression } from "@/e2e/databases/regression";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { inSession, makeScene } from "@/e2e/imports/scene";
import { loadDump } from "@/e2e/load-dump";
import { LONG_TESTS } from "@/e2e/long-tests";
import { testServer, type Version } from "@/e2e/servers/test-servers";
import { seedDemo } from "@/lib/embedded/demo/seed";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

type Fill = (spec: ConnectionSpec, version: Version) => Promise<void>;

const samplePath = (name: string) => fileURLToPath(new URL(`../../../shared/samples/${name}.sql`, import.meta.url));
const SAMPLES = ["chinook", "netflix", "pagila"];
const samples = Object.fromEntries(
  SAMPLES.filter((name) => existsSync(samplePath(name))).map((name): [string, Fill] => [
    name,
    (spec) => inSession(spec, (client) => loadDump(client, samplePath(name))),
  ]),
);
const DATABASES: Record<string, Fill> = {
  regression: loadRegression,
  ...samples,
  demo: seedDemo,
};

const isThere = (pair: readonly [Version, Version]) => pair.every(testServer.available);
const PAIRS = (
  [
    [14, 18],
    [15, 17],
  ] as const
).filter(isThere);
/** Fifty imports in all where the samples are. */
const RUNS = 5;

let ferry: FerryRig;
beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());

/** Whole imports that nobody harms: what is found is a false alarm. */
describe.skipIf(!LONG_TESTS).each(PAIRS)("from %i to %i", (from, to) => {
  const cases = Object.entries(DATABASES).flatMap(([name, fill]) =>
    Array.from({ length: RUNS }, (_, run) => [name, run + 1, fill] as const),
  );
  it.each(cases)("%s arrives without a difference, run %i", async (_name, _run, fill) => {
    const scene = await makeScene("select 1", await testServer(from), await testServer(to));
    try {
      await fill(scene.source.spec, from);
      const view = await ferry.view(await ferry.run(scene.source.url, scene.target.url, { verify: "checksums" }));
      expect(view.error).toBeNull();
      expect(view.verification.differences).toEqual([]);
      expect(view.status).toBe("succeeded");
      expect(view.verification.compared).toBeGreaterThan(0);
    } finally {
      await scene.close();
    }
  });
});
