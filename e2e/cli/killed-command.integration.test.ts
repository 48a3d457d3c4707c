import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeScene, type Scene, untilAlone } from "@/e2e/imports/scene";
import { BATCHES, batchesDone, census, relations, WHOLE, WIDE_SCHEMA } from "@/e2e/imports/wide-schema";
import { LONG_TESTS } from "@/e2e/long-tests";
import { startProxy } from "@/e2e/servers/tcp-proxy";
import { ownRunFolder } from "@/e2e/servers/test-folder";
import { connectionUrl } from "@/lib/postgres/connection-url";

const SLOW_BYTES_PER_SECOND = 80_000;

const home = join(ownRunFolder(), "killed-command");
let scene: Scene;

beforeAll(async () => {
  await mkdir(join(home, ".."), { recursive: true, mode: 0o711 });
  scene = await makeScene(WIDE_SCHEMA);
});
afterAll(async () => {
  await scene?.close();
  await rm(home, { recursive: true, force: true });
});

/** Step engine and functions are in this one process. */
function ferry(targetUrl: string): ChildProcess {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, FERRY_DATA_DIR: home, NODE_ENV: "production" as const };
  const args = ["bin/ferry.mjs", "import", "--source", scene.source.url, "--target", targetUrl];
  return spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
}

it.runIf(LONG_TESTS)(
  "an import whose process is killed between two batches of the schema goes on with the next one",
  async () => {
    const line = await startProxy({ to: scene.target.spec, bytesPerSecond: SLOW_BYTES_PER_SECOND });
    const targetUrl = connectionUrl({ ...scene.target.spec, port: line.port });
    const killed = ferry(targetUrl);
    while ((await batchesDone(scene.target.spec)).length === 0) {
      expect(killed.exitCode).toBeNull();
      await sleep(20);
    }
    killed.kill("SIGKILL");
    await once(killed, "exit");
    const before = await batchesDone(scene.target.spec);
    const made = await relations(scene.target.spec);
    expect(before.length).toBeLessThan(BATCHES.length);

    const again = ferry(targetUrl);
    const said = text(again.stderr as NodeJS.ReadableStream);
    const ended = once(again, "exit");
    let after = before;
    while (after.length < BATCHES.length) {
      expect(again.exitCode).toBeNull();
      await sleep(20);
      after = await batchesDone(scene.target.spec);
    }
    expect(after.map(({ unit }) => unit)).toEqual(BATCHES);
    expect(after.slice(0, before.length)).toEqual(before);
    expect((await relations(scene.target.spec)).slice(0, made.length)).toEqual(made);
    line.bytesPerSecond = Number.POSITIVE_INFINITY;
    const [code] = await ended;
    expect(await said).toMatch(/it goes on\.[\s\S]*Everything is there: imported and verified\./);
    expect(code).toBe(0);
    expect(await census(scene.target.spec)).toEqual(WHOLE);
    await untilAlone(scene);
    await line.close();
  },
);
