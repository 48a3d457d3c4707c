import { expect, test } from "@playwright/test";
import { type OwnFerry, startOwnFerry } from "@/e2e/browser/own-ferry";
import { type Cast, gather, IMPORT, MARKER } from "./cast";
import { findActions, findPages, findRoutes, scriptsOf } from "./find-doors";
import { ACTIONS, PAGES, ROUTES, WHO, type Who } from "./table";

/** Another's link, and one that is none. */
const NO_TOKEN = "A".repeat(43);
const NO_RUN = "01JNORUN000000000000000000";

let ferry: OwnFerry;
let cast: Cast;

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.beforeAll(async () => {
  test.setTimeout(300_000);
  ferry = await startOwnFerry({ FERRY_ACCOUNTS: "on", FERRY_DEMO: "off" });
  cast = await gather(ferry);
});
test.afterAll(() => ferry?.stop());

const address = (path: string, who: Who) =>
  ferry.address +
  path
    .replace("[...missing]", "no/where")
    .replace("/runs/[id]", `/runs/${NO_RUN}`)
    .replace("[id]", IMPORT)
    .replace("[number]", "0")
    .replace("[form]", "json")
    .replace("[token]", who === "share" ? cast.shareToken : NO_TOKEN);

/** Streams do not end by themselves: their beginning is enough. */
async function ask(url: string, init: RequestInit): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(60_000) });
  if (!response.headers.get("content-type")?.includes("event-stream")) {
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return { status: response.status, text: Buffer.from(value ?? []).toString(), headers: response.headers };
}

const asEverybody = (act: (who: Who) => Promise<void>) => Promise.all(WHO.map(act));

test("every route is in the table, and lets in whom it says", async () => {
  expect((await findRoutes()).sort()).toEqual(Object.keys(ROUTES).sort());
  const wrong: string[] = [];
  for (const [route, allowed] of Object.entries(ROUTES)) {
    const [method = "", path = ""] = route.split(" ");
    await asEverybody(async (who) => {
      const { status, text } = await ask(address(path, who), { method, headers: await cast.headersOf(who) });
      const refusals = /^\/api\/(imports|files)/.test(path) || path === "/api/audit-log" ? [401, 403] : [401, 403, 404];
      const isRefused = refusals.includes(status) || (path === "/api/inngest" && status >= 400);
      if (isRefused === allowed.includes(who)) wrong.push(`${route} as ${who}: ${status}`);
      if (isRefused && text.includes(MARKER)) wrong.push(`${route} as ${who} tells of the import`);
      if (status >= 500 && path !== "/api/inngest") wrong.push(`${route} as ${who}: ${status} ${text.slice(0, 200)}`);
    });
  }
  expect(wrong).toEqual([]);
});

test("every page is in the table, and is shown to whom it says", async () => {
  expect((await findPages()).sort()).toEqual(Object.keys(PAGES).sort());
  const wrong: string[] = [];
  for (const [path, allowed] of Object.entries(PAGES)) {
    await asEverybody(async (who) => {
      const { status, text, headers } = await ask(address(path, who), { headers: await cast.headersOf(who) });
      const isOpen = allowed.length === WHO.length;
      const sentTo = headers.get("location");
      const isRefused = isOpen ? status >= 400 : status === 404 ? /^\/(share|\[)/.test(path) : sentTo !== null;
      if (isRefused === allowed.includes(who)) wrong.push(`${path} as ${who}: ${status} ${sentTo ?? ""}`);
      if (isRefused && text.includes(MARKER)) wrong.push(`${path} as ${who} tells of the import`);
      if (status >= 500) wrong.push(`${path} as ${who}: ${status}`);
      const isKnown = who === "member" || who === "owner";
      if (isRefused && sentTo && !isKnown && !sentTo.startsWith("/login?next=")) wrong.push(`${path}: ${sentTo}`);
    });
  }
  expect(wrong).toEqual([]);
});

test("every server action is in the table, and is done for whom it says", async () => {
  const found = await findActions();
  expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(ACTIONS).sort());
  const wrong: string[] = [];
  for (const [name, allowed] of Object.entries(ACTIONS)) {
    const { id = "", path = "/" } = found.find((one) => one.name === name) ?? {};
    await asEverybody(async (who) => {
      const session = await cast.headersOf(who, name.includes(" leave"));
      const headers = { ...session, "next-action": id, "content-type": "text/plain;charset=UTF-8" };
      // Of something that is not there: what is allowed finds nothing to do it to.
      const body = JSON.stringify(["01JNOTHERE0000000000000000", "x", 1]);
      const answer = await ask(address(path, who), { method: "POST", headers, body });
      const isRefused =
        /"code":"access\.(signed_out|refused)"/.test(answer.text) ||
        Boolean(answer.headers.get("x-action-redirect")?.startsWith("/login?next="));
      if (isRefused === allowed.includes(who))
        wrong.push(`${name} as ${who}: ${answer.status} ${answer.text.slice(0, 120)}`);
      // The answer brings the page anew, on which those who may see imports see this one.
      const seesImports = who === "member" || who === "owner";
      if (!seesImports && answer.text.includes(MARKER)) wrong.push(`${name} as ${who} tells of the import`);
    });
  }
  expect(wrong).toEqual([]);
});

test("an action is run by way of its own page only, for nobody else's", async () => {
  const found = await findActions();
  const session = await cast.headersOf("owner", true);
  const wrong: string[] = [];
  for (const { id, name } of found) {
    // A page that everybody may see, and of which these are none.
    if (name.startsWith("app/(door)")) continue;
    const headers = { ...session, "next-action": id, "content-type": "text/plain;charset=UTF-8" };
    const body = JSON.stringify(["eve@ferry.example", "x", 1]);
    const answer = await ask(`${ferry.address}/login`, { method: "POST", headers, body });
    if (answer.status !== 409) wrong.push(`${name}: ${answer.status} ${answer.text.slice(0, 120)}`);
    if (answer.headers.get("x-nextjs-action-not-found") !== "1") wrong.push(`${name} is not said to be missing`);
  }
  expect(wrong).toEqual([]);
  const { listInvites } = await import("@/lib/accounts/invites");
  expect((await listInvites()).filter(({ email }) => email === "eve@ferry.example")).toEqual([]);
  // Nor for who says that Next has handed it on.
  const { id = "" } = found.find(({ name }) => name.endsWith("makeInvitation")) ?? {};
  const headers = { ...session, "next-action": id, "x-action-forwarded": "1" };
  const claimed = await ask(`${ferry.address}/settings`, { method: "POST", headers, body: '["eve@ferry.example"]' });
  expect(claimed.status).toBe(404);
});

test("what is nobody's is refused by Ferry, and not by an accident of Next's", async () => {
  const { Agent, request } = await import("node:http");
  const agent = new Agent({ keepAlive: false });
  // Not fetch, which would write the address anew.
  const statusOf = (path: string) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(ferry.address);
      const outgoing = request({ hostname, port, path, agent }, (answer) => {
        resolve(answer.statusCode);
        answer.resume();
      });
      outgoing.on("error", reject).end();
    });
  for (const path of ["/%ff", "/imports/%ff", "/api/imports/%ff", "/_next/static/%ff", "/_next/static/chunks/%ff.js"]) {
    expect(await statusOf(path), path).toBe(400);
  }
  for (const path of ["/_next/data/%ff.json", "/_next/data/x/index.json", "/_next/image?url=%2Ficon.svg&w=64&q=75"]) {
    expect(await statusOf(path), path).toBe(404);
  }
});

test("a cookie does not help where an API token is refused, nor a token on a page", async () => {
  const { cookie = "" } = await cast.headersOf("owner", true);
  const both = await ask(`${ferry.address}/api/imports`, { headers: { cookie, authorization: "Bearer ferry_no" } });
  expect(both.status).toBe(401);
  const { authorization = "" } = await cast.headersOf("admin");
  const page = await ask(`${ferry.address}/settings`, { headers: { authorization } });
  expect(page.headers.get("location")).toMatch(/^\/login/);
});

test("the engine's steps load nothing of what signs people in", async () => {
  const scripts = await scriptsOf("api/inngest");
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((text) => text.includes("better-auth"))).toEqual([]);
});
