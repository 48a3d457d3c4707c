import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, type Scene } from "@/e2e/imports/scene";

const told: { id: string; status: string }[] = [];
const listener = createServer(async (request, response) => {
  const { import: one } = JSON.parse((await request.toArray()).join(""));
  // The first call of each is not taken: the engine makes it again.
  const isFirst = !told.some(({ id }) => id === one.id);
  told.push({ id: one.id, status: one.status });
  response.writeHead(isFirst ? 503 : 200).end();
});
let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  process.env.FERRY_WEBHOOK_URL = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  process.env.FERRY_WEBHOOK_SECRET = "of the test";
  ferry = await startFerry({ tuning: QUICK_RETRIES });
  scene = await makeScene("create table public.t (id int primary key); insert into public.t values (1)");
});
afterAll(async () => {
  await scene?.close();
  await ferry?.stop();
  listener.close();
});

it("is told of each import that ends, until it has taken it", async () => {
  const done = await ferry.create(scene.source.url, scene.target.url);
  await ferry.start(done);
  expect(await ferry.waitForEnd(done)).toMatchObject({ status: "succeeded" });
  const taken = { id: done, status: "succeeded" };
  await expect.poll(() => told, { timeout: 20_000 }).toEqual([taken, taken]);
});
