import { expect, type Page } from "@playwright/test";
import { DEMO } from "../ferry-api";
import { arrival } from "./arrival";
import { type Hall, once, press, type Stage } from "./exhibit";

/** From the first step to the review. */
export function wizardHall({ api, own }: Stage): Hall {
  const draft = once(() => api.create(DEMO));
  /** Of which only a part is chosen. */
  const partly = once(() => api.create(DEMO));
  const open = once(() => api.create({ demo: true }));
  const blocked = once(async () => api.create(await arrival(await own(), "create table public.books (id int)")));
  const step = (name: string, id: () => Promise<string>) => async () => `/new?step=${name}&import=${await id()}`;

  const fileTab = (page: Page) =>
    expect(async () => {
      await page.getByRole("tab", { name: "File" }).click();
      await expect(page.locator("input[type=file]")).toBeVisible({ timeout: 3_000 });
    }).toPass();
  const byParts = async (page: Page) => {
    await press("Enter the parts instead")(page);
    await page.getByRole("textbox", { name: "Host" }).waitFor();
  };
  /** The tab would come back to these fields. */
  const forgetTyped = (page: Page) => page.evaluate(() => sessionStorage.clear());
  const unreachable = async (page: Page) => {
    await page.getByRole("textbox", { name: "Source" }).fill("postgres://app:s3cret@nowhere.ferry.invalid/shop");
    await press("Connect and check")(page);
    await page.getByRole("main").getByRole("alert").waitFor();
  };
  const tree = (page: Page) => page.getByRole("treegrid").waitFor();
  const someTables = async (page: Page) => {
    await page.getByRole("searchbox", { name: "Search tables" }).fill("sales");
    await page.getByRole("checkbox", { name: "sales.orders", exact: true }).uncheck();
    await page.getByRole("checkbox", { name: "Data of sales", exact: true }).uncheck();
    await page.getByRole("radio", { name: "Other roles" }).check();
    await page.getByText("Saved", { exact: true }).waitFor();
  };
  const ownTarget = async (page: Page) => {
    await page.getByRole("radio", { name: "A Postgres of your own" }).check();
    await page.getByRole("textbox", { name: "Target connection string" }).fill("postgres://me:s3cret@db.example/mine");
  };
  const objects = (page: Page) => page.getByText("will be created").waitFor();

  return {
    exhibits: [
      { name: "new", path: "/new" },
      { name: "new-file", path: "/new", before: fileTab },
      { name: "new-parts", path: "/new", before: byParts, after: forgetTyped },
      { name: "new-unreachable", path: "/new", before: unreachable },
      { name: "new-checks", path: step("checks", draft) },
      { name: "new-checks-blocked", path: step("checks", blocked) },
      { name: "new-what", path: step("what", draft), before: tree },
      { name: "new-what-some", path: step("what", partly), before: someTables },
      { name: "new-where", path: step("where", open) },
      { name: "new-where-own", path: step("where", open), before: ownTarget },
      { name: "new-where-chosen", path: step("where", draft) },
      { name: "new-review", path: step("review", draft), before: objects },
      { name: "new-review-some", path: step("review", partly), before: objects },
    ],
  };
}
