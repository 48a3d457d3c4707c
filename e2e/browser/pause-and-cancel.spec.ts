import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { test } from "./ferry-test";

const SOON_MS = 60_000;

/** The demo, read so slowly that there is time to press buttons. */
async function openSlowDemo(page: Page, request: APIRequestContext): Promise<string> {
  const input = { demo: true, target: { kind: "local" }, options: { maxMegabytesPerSecond: 1 } };
  const created = await request.post("/api/imports", { data: input });
  expect(created.ok(), await created.text()).toBe(true);
  const { id } = await created.json();
  await request.post(`/api/imports/${id}/start`);
  await page.goto(`/imports/${id}`);
  await expect(page.getByText(/^Copying /).first()).toBeVisible({ timeout: SOON_MS });
  return id;
}

test("an import is paused, goes on, is paused without its snapshot, and is cancelled without a trace", async ({
  page,
  request,
}) => {
  const id = await openSlowDemo(page, request);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("radio", { name: "Pause and hold the snapshot" })).toBeChecked();
  await page.getByRole("button", { name: "Pause it" }).click();
  await expect(page.getByText("This import is paused.")).toBeVisible();
  await expect(page.getByText(/snapshot is still held, so that nothing is read twice/).first()).toBeVisible();
  await expect(page).toHaveTitle(/^Paused · shop/);
  await expect(page.getByRole("button", { name: "Pause" })).toBeHidden();
  // Somebody else pressed it too.
  expect((await request.post(`/api/imports/${id}/pause`)).status()).toBe(202);

  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("This import is paused.")).toBeHidden();
  await expect(page.getByText(/^Copying /).first()).toBeVisible({ timeout: SOON_MS });

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("radio", { name: "Pause and let the snapshot go" }).check();
  await page.getByRole("button", { name: "Pause it" }).click();
  await expect(page.getByText(/snapshot is not held/).first()).toBeVisible();

  await page.getByRole("button", { name: "Cancel import" }).click();
  await expect(page.getByRole("radio", { name: "Keep what has arrived" })).toBeChecked();
  await page.getByRole("radio", { name: "Leave the target clean" }).check();
  await page.getByRole("button", { name: "Cancel it" }).click();
  await expect(page.getByText("This import was cancelled.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Resume" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Cancel import" })).toBeHidden();
  const late = await request.post(`/api/imports/${id}/resume`);
  expect(late.status()).toBe(409);
  expect((await late.json()).error.what).toBe("This import is cancelled; it cannot be resumed.");
});
