import { expect } from "@playwright/test";
import { importSteps } from "@/inngest/step-limits";
import { DEMO, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";

test("the runs of an import, with its lanes and steps", async ({ page, request, baseURL }) => {
  const ferry = await ferryApi(baseURL);
  // Its run is the newest: scenarios share this Ferry one after the other.
  const id = await ferry.start(DEMO);
  await ferry.until(id, ({ status }) => status === "succeeded");
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
  await ferry.close();
});
