import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "@playwright/test";
import { freePort } from "@/lib/embedded/postgres/port";
import { LIMITS } from "@/lib/security/rate-limit";
import { test } from "./ferry-test";

let web: ChildProcess;
let address: string;

/** The same build over the same database, as a host would run it. */
test.beforeAll(async ({ ferry }) => {
  const port = String(await freePort());
  address = `http://127.0.0.1:${port}`;
  const env = { ...process.env, ...ferry.environment, FERRY_MODE: "hosted", FERRY_ENGINE: "given" };
  const command = ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", port];
  web = spawn(process.execPath, command, { env: { ...env, NODE_ENV: "production" }, stdio: "ignore" });
  await expect
    .poll(
      () =>
        fetch(`${address}/api/share/none`).then(
          ({ status }) => status,
          () => null,
        ),
      { timeout: 60_000 },
    )
    .toBe(404);
});
test.afterAll(async () => {
  web.kill("SIGTERM");
  await once(web, "exit");
});

test("behind https it asks browsers to come by https only", async ({ request }) => {
  const secure = { "x-forwarded-proto": "https" };
  const headers = (await request.get(`${address}/share/none`, { headers: secure })).headers();
  expect(headers["strict-transport-security"]).toBe("max-age=31536000");
  expect(headers["content-security-policy"]).toContain("upgrade-insecure-requests");
  const clear = (await request.get(`${address}/share/none`)).headers();
  expect(clear["strict-transport-security"]).toBeUndefined();
});

test("who asks too often has to wait, and others do not", async ({ request }) => {
  const ask = (from: string) => request.get(`${address}/api/share/none`, { headers: { "x-forwarded-for": from } });
  const { times } = LIMITS.share;
  // A window may end in between: within two of them the limit is met.
  const statuses: number[] = [];
  for (let count = 0; count < 2 * times + 2 && !statuses.includes(429); count++) {
    statuses.push((await ask("10.9.9.9, 192.0.2.7")).status());
  }
  expect(statuses.at(-1)).toBe(429);
  expect(statuses.length).toBeGreaterThan(times);
  const refused = await ask("192.0.2.7");
  expect((await refused.json()).error.code).toBe("request.too_many");
  expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
  expect((await ask("192.0.2.8")).status()).toBe(404);
});
