import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type HttpRecord, recordHttp } from "@/e2e/imports/http-record";
import { foundIn, rowsIn } from "@/e2e/imports/markers";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { quoteIdentifier, quoteLiteral } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";
import { takeEverything } from "./steps";

const IMPORT_MS = 120_000;
const SECRETS = { source: "Mark3r/S0urce&w'", target: 'Mark3r+T4rget%w"' };
let own: OwnPostgres;
let line: HttpRecord;

test.beforeAll(async ({ baseURL }) => {
  own = await ownPostgres(15);
  line = await recordHttp(String(baseURL));
});
test.afterAll(async () => {
  line.close();
  await own.remove();
});

async function withPassword(url: string, password: string): Promise<string> {
  const spec = parseConnectionString(url);
  await withSession(spec, { side: "metadata", name: "ferry test" }, (client) =>
    client.query(`alter role ${quoteIdentifier(spec.user)} password ${quoteLiteral(password)}`),
  );
  return connectionUrl({ ...spec, password });
}

/** Every file of the data folder but the demo's: logs, and the metadata server's tables and log of writes. */
async function filesIn(home: string): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes("/postgres/demo/")) continue;
    // A server takes files away at any time.
    files[path.slice(home.length + 1)] = await readFile(path).catch(() => Buffer.alloc(0));
  }
  return files;
}

test("no page, answer, event, log or row holds a password that was pasted", async ({ page, ferry }) => {
  const source = await withPassword(own.url, SECRETS.source);
  const target = await withPassword(await emptyDatabase(own), SECRETS.target);
  await page.goto(`${line.url}/new`);
  const kept: string[] = [];
  const noteKept = async () => {
    kept.push(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }])));
  };
  await page.getByRole("textbox", { name: "Source" }).fill(source);
  await noteKept();
  await page.getByRole("button", { name: "Connect and check" }).click();
  await takeEverything(page);
  await page.getByRole("radio", { name: "A Postgres of your own" }).check();
  await page.getByRole("textbox", { name: "Target connection string" }).fill(target);
  await noteKept();
  expect(kept.join()).toContain("ferry-new:");
  await page.getByRole("button", { name: "Check and continue" }).click();
  await page.getByRole("button", { name: "Start import" }).click({ timeout: IMPORT_MS });
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  const id = /imports\/(\w+)/.exec(page.url())?.[1] ?? "";
  await page.goto(`${line.url}/`);
  await page.goto(`${line.url}/runs`);

  // What was pasted goes in once, in the body of the one request that is for it.
  const carrying = line.bodies.filter(({ body }) => foundIn({ body }, SECRETS).length > 0);
  expect(carrying.map(({ to }) => to)).toEqual(["POST /api/imports", `POST /api/imports/${id}/target`]);
  const stored = await rowsIn(parseConnectionString(ferry.environment.DATABASE_URL ?? ""));
  const files = await filesIn(ferry.home);
  const holds = (where: RegExp, words: string) =>
    expect(
      Object.entries(files).some(([name, bytes]) => where.test(name) && bytes.includes(words)),
      words,
    ).toBe(true);
  holds(/\.log$/, "Ferry starts.");
  holds(/postgres\/ferry\/pg_wal\//, id);
  expect(line.answered.includes("text/event-stream")).toBe(true);
  expect(line.answered.includes("text/x-component")).toBe(true);
  expect(line.answered.includes(id)).toBe(true);
  const places = {
    ...stored,
    ...files,
    "what was asked": line.asked,
    "what was answered": line.answered,
    kept: kept.join(),
  };
  expect(foundIn(places, SECRETS)).toEqual([]);
});
