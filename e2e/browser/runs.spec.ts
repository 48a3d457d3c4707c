import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { importSteps } from "@/inngest/step-limits";
import { test } from "./ferry-test";
import { openImports } from "./steps";

const IMPORT_MS = 120_000;

interface Started {
  id: string;
  status: string;
  startedAt: string;
}

/** The import that was started last, if an earlier scenario has left one that succeeded; else one of its own. */
async function finishedImport(page: Page, request: APIRequestContext): Promise<string> {
  const { imports } = await (await request.get("/api/imports")).json();
  const started = (imports as Started[]).filter(({ startedAt }) => startedAt !== null);
  const last = started.sort((left, right) => left.startedAt.localeCompare(right.startedAt)).at(-1);
  if (last?.status === "succeeded") return last.id;
  await openImports(page);
  await page.getByRole("button", { name: "Try it with the demo database" }).click();
  await page.getByRole("link", { name: "Go to review" }).click();
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });
  return page.url().split("/").at(-1) ?? "";
}

test("the runs of an import, with its lanes and steps", async ({ page, request }) => {
  const id = await finishedImport(page, request);
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
  await page.getByLabel("Function").selectOption("ferry-run-import");
  await expect(page).toHaveURL(/function=ferry-run-import$/);
  await expect(page.getByRole("link", { name: "ferry-lane" })).toHaveCount(0);
  await page.getByRole("link", { name: "ferry-run-import" }).first().click();

  // The page reads itself again until the run has ended, a moment after the import.
  await expect(page.getByRole("main").getByText("Completed").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Open", exact: true })).toHaveAttribute("href", `/imports/${id}`);
  const steps = page.getByRole("table", { name: "Steps" });
  // The head is a row too.
  await expect(steps).toHaveAttribute("aria-rowcount", String(importSteps(2, [1]) + 1));
  for (const step of ["begin", "plan-1", "lane-1-1-1", "lane-1-2-1", "verify-objects", "finish"]) {
    await expect(steps.getByRole("row", { name: step })).toContainText("Done");
  }
  await steps.getByRole("link", { name: "plan-1" }).click();
  await expect(page.getByRole("region", { name: "Step plan-1" })).toContainText('"planned"');
  await expect(page.getByRole("region", { name: "Result" })).toContainText('"succeeded"');
  const lanes = page.getByRole("table", { name: "Runs that it started" }).getByRole("link", { name: "ferry-lane" });
  await expect(lanes).toHaveCount(2);

  await lanes.first().click();
  await expect(page.getByRole("heading", { name: "ferry-lane" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Steps" })).toContainText("work-1");
  await page.getByRole("link", { name: "ferry-run-import" }).click();
  await expect(page.getByRole("heading", { name: "ferry-run-import" })).toBeVisible();

  expect((await request.get("/runs/unknown")).status()).toBe(404);
});
