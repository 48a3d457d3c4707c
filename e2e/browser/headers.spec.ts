import { request as requestHttp } from "node:http";
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { test } from "./ferry-test";
import { type OwnPostgres, ownPostgres } from "./own-postgres";

const IMPORT_MS = 120_000;

/** Everything that a browser held against a page. */
async function listenForViolations(page: Page): Promise<string[]> {
  const told: string[] = [];
  page.on("console", (line) => {
    if (/content security policy|refused to|violates/i.test(line.text())) told.push(line.text());
  });
  page.on("pageerror", (error) => told.push(error.message));
  await page.exposeFunction("tellViolation", (words: string) => told.push(words));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
      (window as unknown as { tellViolation(words: string): void }).tellViolation(
        `${violatedDirective} ${blockedURI} ${sourceFile}`,
      );
    });
  });
  return told;
}

async function startedDemo(request: APIRequestContext): Promise<string> {
  const created = await request.post("/api/imports", { data: { demo: true, target: { kind: "local" } } });
  const { id } = await created.json();
  expect((await request.post(`/api/imports/${id}/start`)).status()).toBe(202);
  await expect
    .poll(async () => (await (await request.get(`/api/imports/${id}`)).json()).status, { timeout: IMPORT_MS })
    .toBe("succeeded");
  return id;
}

test("no page breaks its own rules, and every script in it has this answer's nonce", async ({ page, request }) => {
  const told = await listenForViolations(page);
  const id = await startedDemo(request);
  const shared = await request.post(`/api/imports/${id}/share`);
  const link = JSON.stringify(await shared.json()).match(/\/share\/[\w-]+/)?.[0] ?? "";
  expect(link).not.toBe("");
  const run = /\/runs\/[\w-]+/.exec(await (await request.get("/runs")).text())?.[0] ?? "/runs";
  const nonces = new Set<string>();
  for (const path of ["/", "/new", `/imports/${id}`, "/runs", run, link, "/share/none", "/nowhere"]) {
    const answer = await page.goto(path);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(nonce.length, path).toBeGreaterThan(20);
    nonces.add(nonce);
    const scripts = (await answer?.text())?.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
    await page.waitForLoadState("load");
    // It is alive: what reacts to a click was allowed to.
    if (!path.startsWith("/share") && path !== "/nowhere") {
      await page.getByRole("radio", { name: "Dark" }).first().check({ force: true });
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    }
  }
  expect(nonces.size).toBe(8);
  expect(told).toEqual([]);
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("radio", { name: "System" }).first().check({ force: true });
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test("each answer says what others may do with it", async ({ request }) => {
  for (const path of ["/", "/new", "/api/imports", "/api/imports/none", "/share/none", "/nowhere"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-frame-options"], path).toBe("DENY");
    expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    expect(headers["permissions-policy"], path).toContain("camera=()");
    expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
    expect(headers["referrer-policy"], path).toBe(path.startsWith("/share") ? "no-referrer" : "same-origin");
    expect(headers["x-robots-tag"], path).toBe(path.startsWith("/share") ? "noindex, nofollow" : undefined);
    expect(headers["strict-transport-security"], "not without https").toBeUndefined();
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});

test("what another site sends, or is too long, is read by nobody", async ({ request, baseURL }) => {
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  for (const path of ["/api/imports", "/api/imports/none/cancel", "/api/nothing"]) {
    expect((await request.post(path, { headers: foreign, data: {} })).status(), path).toBe(403);
  }
  const action = { ...foreign, "next-action": "40f7b45eba986da34f0653b8db9b5ae74b4ded0e2b" };
  expect((await request.post("/new", { headers: action, data: [] })).status()).toBe(403);
  const long = await request.post("/api/imports", { data: { sourceText: "x".repeat(300_000) } });
  expect(long.status()).toBe(413);
  expect((await long.json()).error.code).toBe("request.too_large");
  // In pieces, so that nobody knows how long it becomes.
  const status = await new Promise((resolve, reject) => {
    const outgoing = requestHttp(`${baseURL}/api/imports`, { method: "POST" }, (answer) => {
      resolve(answer.statusCode);
      answer.destroy();
    });
    outgoing.on("error", reject);
    outgoing.write("{");
    outgoing.end("}");
  });
  expect(status).toBe(411);
});

test("a request that comes twice under one key makes one import", async ({ request }) => {
  const ask = (data: object) =>
    request.post("/api/imports", {
      data,
      headers: { "idempotency-key": `key of ${process.pid}`.replaceAll(" ", "-") },
    });
  const input = { demo: true, target: { kind: "local" } };
  const [first, second] = [await ask(input), await ask(input)];
  expect([first.status(), second.status()]).toEqual([201, 201]);
  expect(await second.json()).toEqual(await first.json());
  const other = await ask({ ...input, options: { lanes: 1 } });
  expect([other.status(), (await other.json()).error.code]).toEqual([409, "request.repeated"]);
});

test.describe("names that would be a page's own", () => {
  let own: OwnPostgres;
  test.beforeAll(async () => {
    own = await ownPostgres(15);
    await withSession(parseConnectionString(own.url), { side: "metadata", name: "ferry test" }, (client) =>
      client.query(`
        create unlogged table "<img src=x onerror=alert(1)>" (id int);
        create unlogged table "</script><script>alert(2)</script>" (id int);`),
    );
  });
  test.afterAll(() => own.remove());

  test("stand there as names", async ({ page, request }) => {
    const told = await listenForViolations(page);
    page.on("dialog", (dialog) => {
      told.push(dialog.message());
      void dialog.dismiss();
    });
    const created = await request.post("/api/imports", { data: { sourceText: own.url, target: { kind: "local" } } });
    const { id } = await created.json();
    // A draft is shown with its checks, which name tables too.
    await page.goto(`/imports/${id}`);
    await expect(page.getByText("public.<img src=x onerror=alert(1)>").first()).toBeVisible();
    expect((await request.post(`/api/imports/${id}/start`)).status()).toBe(202);
    await page.goto(`/imports/${id}`);
    await expect(page.getByRole("row", { name: /<img src=x onerror=alert\(1\)>/ })).toBeVisible({ timeout: IMPORT_MS });
    await expect(page.getByRole("row", { name: /<\/script><script>alert\(2\)/ })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("row", { name: /<\/script><script>alert\(2\)/ })).toBeVisible();
    expect(told).toEqual([]);
  });
});
