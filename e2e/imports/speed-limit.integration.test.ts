import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, makeScene } from "@/e2e/imports/scene";

const MEGABYTE = 1_000_000;

let ferry: FerryRig;
beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());

it("reads no faster than it may, all lanes together, and at full speed when it may again", async () => {
  const tables = ["public.one", "public.two", "public.three"];
  const scene = await makeScene(
    tables
      .map(
        (name) => `create table ${name} (n int, pad text);
                   insert into ${name} select n, repeat(md5(n::text), 31) from generate_series(1, 15000) n;`,
      )
      .join("\n"),
  );
  const { setSpeedLimit } = await import("@/lib/imports/set-speed-limit");
  const id = await ferry.create(scene.source.url, scene.target.url, { maxMegabytesPerSecond: 3, lanes: 3 });
  await ferry.start(id);
  const first = await ferry.until(id, "copying", ({ progress }) => progress.bytesDone > 0);
  await sleep(4_000);
  const later = await ferry.view(id);
  const seconds = (Date.parse(later.now) - Date.parse(first.now)) / 1_000;
  const rate = (later.progress.bytesDone - first.progress.bytesDone) / MEGABYTE / seconds;
  // What is shown is up to a second old at either end.
  expect(rate).toBeGreaterThan(1);
  expect(rate).toBeLessThan(4.5);
  expect(later.progress.bytesDone).toBeLessThan(35 * MEGABYTE);

  await setSpeedLimit({ id, maxMegabytesPerSecond: null });
  const changed = Date.now();
  const view = await ferry.waitForEnd(id);
  expect(view.verification).toMatchObject({ status: "equal" });
  // What is left would take ten seconds more under the limit.
  expect(Date.now() - changed).toBeLessThan(7_000);
  expect(view.events.map(({ message }) => message)).toContain("No speed limit.");
  expect(await digests(scene.target.spec, tables)).toEqual(await digests(scene.source.spec, tables));
  await scene.close();
});
