import { expect } from "@playwright/test";
import { test } from "./ferry-test";
import { openImports } from "./steps";

const IMPORT_MS = 120_000;

test("a first import with the demo, told to a teammate by a link", async ({ page, browser, request, baseURL }) => {
  await openImports(page);
  await page.getByRole("button", { name: "Try it with the demo database" }).click();

  await expect(page.getByRole("heading", { name: "Checks" })).toBeVisible();
  await expect(page.getByText(/\d+ tables with .* of data/)).toBeVisible();
  await page.getByRole("link", { name: "Go to review" }).click();
  await page.getByRole("button", { name: "Start import" }).click();

  await expect(page).toHaveURL(/\/imports\/\w+$/);
  await expect(page.getByRole("table", { name: "Tables" }).getByRole("row").nth(1)).toBeVisible({ timeout: IMPORT_MS });
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  await expect(page).toHaveTitle(/^Succeeded · shop/);
  await expect(page.getByRole("progressbar", { name: "Import" })).toHaveAttribute("aria-valuenow", "100");
  await expect(page.getByRole("img", { name: /Work over time. lane 1: \d+ units?/i })).toBeVisible();
  const orders = page.getByRole("row", { name: /sales\.orders / });
  await expect(orders).toContainText("Done");
  await expect(orders).toContainText("Equal");

  // The password comes on a click and not before.
  const connection = page.getByRole("status", { name: "Connection string" });
  await expect(connection).toContainText("••••••••@");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(connection).toHaveText(/^postgresql:\/\/[^:]+:[^•@]+@[^/]+\/import-/);
  const secret = /:\/\/[^:]+:([^@]+)@/.exec((await connection.textContent()) ?? "")?.[1] ?? "";
  expect(secret.length).toBeGreaterThan(8);
  await page.getByRole("button", { name: "Hide" }).click();
  await expect(connection).toContainText("••••••••@");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByText("Copied", { exact: true }).first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`:${secret}@`);

  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByRole("textbox", { name: "Link to share" }).inputValue();

  const stranger = await browser.newContext({ baseURL });
  const shared = await stranger.newPage();
  const heard: string[] = [];
  shared.on("response", async (response) => {
    heard.push(JSON.stringify(await response.allHeaders()));
    if (!response.url().includes("/_next/static/")) heard.push(await response.text());
  });
  await shared.goto(link);
  await expect(shared.getByText("Nothing is missing.")).toBeVisible();
  await expect(shared.getByRole("row", { name: /sales\.orders / })).toContainText("Equal");
  await expect(shared.getByRole("button", { name: "Share" })).toBeHidden();
  await expect(shared.getByRole("status", { name: "Connection string" })).toBeHidden();

  heard.push(await shared.content(), await (await request.get(link.replace("/share/", "/api/share/"))).text());
  const told = heard.join("\n");
  expect(told).toContain("import-");
  expect(told).not.toContain("127.0.0.1");
  expect(told).not.toContain("ferry_importer");
  expect(told).not.toContain(secret);
  expect(told).toContain("no-referrer");
  await stranger.close();

  await page.getByRole("button", { name: "Revoke all links" }).click();
  await expect(page.getByText("Every link to this import has been revoked.")).toBeVisible();
  expect((await request.get(link)).status()).toBe(404);
});
