import { expect } from "@playwright/test";
import { Client } from "pg";
import { type HttpRecord, recordHttp } from "@/e2e/imports/http-record";
import { foundIn } from "@/e2e/imports/markers";
import { parseConnectionString } from "@/lib/source/connection-string";
import { DEMO, type FerryApi, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";
import type { OwnFerry } from "./own-ferry";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";

const IMPORT_MS = 120_000;

test.describe.configure({ mode: "serial" });
/** As a PNG begins. */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

let ferry: FerryApi;
let own: OwnPostgres;
let line: HttpRecord;
/** Made by the first test, and shown once more by the second. */
let path: string;

test.beforeAll(async ({ baseURL }) => {
  ferry = await ferryApi(baseURL);
  [own, line] = await Promise.all([ownPostgres(18), recordHttp(String(baseURL))]);
});
test.afterAll(async () => {
  await ferry?.close();
  line?.close();
  await own?.remove();
});

interface Hidden {
  /** Looked for in every way in which a secret may be written. */
  secrets: Record<string, string>;
  /** Looked for as they are. */
  names: Record<string, string>;
}

/** What a visitor must not learn: who and where both ends are, and what Ferry itself is kept by. */
function whatIsHidden(target: string, { environment, secrets }: OwnFerry): Hidden {
  const source = parseConnectionString(environment.FERRY_DEMO_SOURCE_URL ?? "");
  const { host, port, user, password } = parseConnectionString(target);
  return {
    secrets: { ...secrets, target: password ?? "" },
    names: { host, user, port: `:${port}`, sourcePort: `:${source.port}` },
  };
}

test("nothing that a visitor is sent tells who or where: page, scripts, events, headers, picture", async ({
  browser,
  ferry: whole,
}) => {
  const target = await emptyDatabase(own);
  const id = await ferry.start({
    ...{ demo: true, target: { kind: "url", text: target } },
    options: { maxMegabytesPerSecond: 4 },
  });
  await ferry.until(id, ({ progress }) => progress.rowsDone > 0);
  path = await ferry.share(id);
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${line.url}${path}`);
  await expect(stranger.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  await expect(stranger.getByRole("button", { name: "Share" })).toBeHidden();
  await stranger.reload();
  await expect(stranger.getByText("Nothing is missing.")).toBeVisible();
  const api = `${line.url}${path.replace("/share/", "/api/share/")}`;
  for (const address of [api, `${api}/events`, `${api}/card`]) {
    const answer = await stranger.request.get(address);
    expect(answer.status(), address).toBe(200);
    expect(answer.headers()["x-robots-tag"]).toBe("noindex, nofollow");
    expect(answer.headers()["referrer-policy"]).toBe("no-referrer");
    expect(answer.headers()["cache-control"]).toContain("no-store");
  }
  const { answered } = line;
  for (const kind of ["text/html", "javascript", "text/event-stream", "image/png", "event: change"]) {
    expect(answered.includes(kind), kind).toBe(true);
  }
  const { secrets, names } = whatIsHidden(target, whole);
  for (const [name, word] of Object.entries({ ...secrets, ...names })) expect(word.length, name).toBeGreaterThan(4);
  expect(foundIn({ "what was answered": answered }, secrets)).toEqual([]);
  expect(Object.entries(names).filter(([, word]) => answered.includes(word))).toEqual([]);
  await stranger.context().close();
});

test("a link that is pasted in a chat has a card: name, how far, a picture", async ({ request }) => {
  const outside = { "x-forwarded-host": "ferry.example", "x-forwarded-proto": "https" };
  const html = await (await request.get(path, { headers: outside })).text();
  const tag = (name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1];
  expect(tag("og:title")).toMatch(/^Succeeded · shop/);
  expect(tag("og:description")).toBe("Everything is there: imported and verified.");
  expect(tag("twitter:card")).toBe("summary_large_image");
  expect(tag("referrer")).toBe("no-referrer");
  expect(tag("robots")).toContain("noindex");
  const card = path.replace("/share/", "/api/share/").concat("/card");
  expect(tag("og:image")).toBe(`https://ferry.example${card}`);
  const picture = await (await request.get(card)).body();
  expect(picture.subarray(0, PNG.length)).toEqual(PNG);
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
  console.log(`the card has ${picture.length} bytes`);
  // Where only this machine finds Ferry, no chat does.
  expect(await (await request.get(path)).text()).not.toContain("og:image");

  expect((await request.get(card.replace(/share\/[^/]+/, `share/${"a".repeat(43)}`))).status()).toBe(404);
});

test("a link ends when its time is over and when it is revoked, also for who has it open", async ({
  browser,
  page,
  ferry: whole,
}) => {
  const id = await ferry.start({ ...DEMO, options: { maxMegabytesPerSecond: 0.3 } });
  await ferry.until(id, ({ progress }) => progress.rowsDone > 0);
  const visit = async () => {
    const stranger = await (await browser.newContext()).newPage();
    const link = `${whole.address}${await ferry.share(id)}`;
    await stranger.goto(link);
    await expect(stranger.getByRole("table", { name: "Tables" })).toBeVisible();
    return { stranger, link };
  };
  const ended = async ({ stranger, link }: Awaited<ReturnType<typeof visit>>) => {
    await expect(stranger.getByText("This import can no longer be read.")).toBeVisible({ timeout: IMPORT_MS });
    expect((await stranger.request.get(link)).status()).toBe(404);
    await stranger.reload();
    await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
    await expect(stranger.getByText("shop")).toHaveCount(0);
    await stranger.context().close();
  };
  const first = await visit();
  const metadata = new Client({ connectionString: whole.environment.DATABASE_URL });
  await metadata.connect();
  await metadata.query("update share_links set expires_at = now() where import_id = $1", [id]);
  await metadata.end();
  const second = await visit();
  await ended(first);
  await expect(second.stranger.getByText("Live", { exact: true })).toBeVisible();

  await page.goto(`/imports/${id}`);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Revoke all links" }).click();
  await expect(page.getByText("Every link to this import has been revoked.")).toBeVisible();
  await ended(second);
});
