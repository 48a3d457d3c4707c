import { expect, type Page } from "@playwright/test";
import type { ImportStatus } from "@/lib/imports/status";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { DEMO, ferryApi } from "./ferry-api";
import { emptyDatabase, ownPostgres } from "./own-postgres";

/** A page in a state that is worth looking at. */
export interface Exhibit {
  name: string;
  path: string;
  /** What has to be done on it first. */
  before?: (page: Page) => Promise<unknown>;
}

export interface Gallery {
  exhibits: Exhibit[];
  close(): Promise<void>;
}

/** Imports in every state, made by real servers: what is not of one's own is the demo. */
export async function openGallery(baseURL: string | undefined): Promise<Gallery> {
  const [ferry, own] = await Promise.all([ferryApi(baseURL), ownPostgres(15)]);
  const { create, start } = ferry;

  const reached = (id: string, status: ImportStatus) => ferry.until(id, (view) => view.status === status);
  const slowDemo = { ...DEMO, options: { lanes: 1, maxMegabytesPerSecond: 0.2 } };
  /** From the library to an empty database in which something was done first. */
  const library = async (sql: string): Promise<Record<string, unknown>> => {
    const target = await emptyDatabase(own);
    const { database } = parseConnectionString(target);
    const spec = { ...own.server.superuser, database };
    await withSession(spec, { side: "metadata", name: "ferry test" }, (client) => client.query(sql));
    return { sourceText: own.url, target: { kind: "url", text: target } };
  };

  // On the target each shelf has the same number, so this index cannot be made there.
  await withSession(parseConnectionString(own.url), { side: "metadata", name: "ferry test" }, (client) =>
    client.query(`
      create function shelf_of(id int) returns int language sql immutable as
        $$ select case when current_database() like 'arrival%' then 0 else id end $$;
      create unique index one_per_shelf on books (shelf_of(id))`),
  );
  const startAnd = async (input: Record<string, unknown>, status: ImportStatus) => {
    const id = await start(input);
    await reached(id, status);
    return id;
  };
  const startSlow = async () => {
    const id = await start(slowDemo);
    await ferry.until(id, ({ progress }) => progress.rowsDone > 0);
    return id;
  };
  const pauseSlow = async () => {
    const id = await startSlow();
    await ferry.post(`/api/imports/${id}/pause`);
    await reached(id, "paused");
    return id;
  };
  const cancelSlow = async () => {
    const id = await startSlow();
    await ferry.post(`/api/imports/${id}/cancel`, { discard: true });
    return id;
  };
  const [draft, open, blocked, failed, differences, succeeded] = await Promise.all([
    create(DEMO),
    create({ demo: true }),
    create(await library("create table public.books (id int)")),
    startAnd(await library("revoke usage on type date from public"), "failed"),
    startAnd(await library("select"), "differences"),
    startAnd(DEMO, "succeeded"),
  ]);
  // One after the other: their lanes would wait for each other's places in the engine.
  const cancelled = await cancelSlow();
  const paused = await pauseSlow();
  const running = await startSlow();

  const press = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true }).click();
  /** Done until it is heard: a page is shown before its scripts are there. */
  const untilDialog = (act: (page: Page) => Promise<void>) => (page: Page) =>
    expect(async () => {
      const dialog = page.getByRole("dialog");
      if (!(await dialog.isVisible())) await act(page);
      await expect(dialog).toBeVisible({ timeout: 3_000 });
    }).toPass();
  const opened = (name: string) => untilDialog(press(name));
  const fileTab = (page: Page) =>
    expect(async () => {
      await page.getByRole("tab", { name: "File" }).click();
      await expect(page.locator("input[type=file]")).toBeVisible({ timeout: 3_000 });
    }).toPass();
  const unreachable = async (page: Page) => {
    await page.getByRole("textbox", { name: "Source" }).fill("postgres://app:s3cret@nowhere.ferry.invalid/shop");
    await press("Connect and check")(page);
    await page.getByRole("main").getByRole("alert").waitFor();
  };
  const report = async (page: Page) => {
    await page.getByText("What was compared, and how").click();
    await page.getByRole("table", { name: "Compared tables" }).waitFor();
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
  const chart = (page: Page) => page.locator(".u-over").waitFor();

  return {
    exhibits: [
      // First, while it runs.
      { name: "import-running", path: `/imports/${running}`, before: chart },
      { name: "import-pausing", path: `/imports/${running}`, before: opened("Pause") },
      { name: "share-running", path: await ferry.share(running), before: chart },
      { name: "imports", path: "/" },
      { name: "shortcuts", path: "/", before: untilDialog((page) => page.keyboard.press("?")) },
      { name: "new", path: "/new" },
      { name: "new-file", path: "/new", before: fileTab },
      { name: "new-unreachable", path: "/new", before: unreachable },
      { name: "new-checks", path: `/new?step=checks&import=${draft}` },
      { name: "new-checks-blocked", path: `/new?step=checks&import=${blocked}` },
      { name: "new-what", path: `/new?step=what&import=${draft}`, before: tree },
      { name: "new-what-some", path: `/new?step=what&import=${draft}`, before: someTables },
      { name: "new-where", path: `/new?step=where&import=${open}` },
      { name: "new-where-own", path: `/new?step=where&import=${open}`, before: ownTarget },
      { name: "new-where-chosen", path: `/new?step=where&import=${draft}` },
      { name: "new-review", path: `/new?step=review&import=${draft}`, before: objects },
      { name: "import-paused", path: `/imports/${paused}` },
      { name: "import-cancelled", path: `/imports/${cancelled}` },
      { name: "import-failed", path: `/imports/${failed}` },
      { name: "import-differences", path: `/imports/${differences}` },
      { name: "import-succeeded", path: `/imports/${succeeded}`, before: chart },
      { name: "import-report", path: `/imports/${succeeded}`, before: report },
      { name: "import-sharing", path: `/imports/${succeeded}`, before: opened("Share") },
      { name: "import-verifying-again", path: `/imports/${succeeded}`, before: opened("Verify again") },
      { name: "share-succeeded", path: await ferry.share(succeeded), before: chart },
      { name: "runs", path: "/runs" },
      {
        name: "run",
        path: "/runs",
        before: (page) => page.getByRole("link", { name: "ferry-run-import" }).last().click(),
      },
      { name: "nothing-here", path: "/nowhere" },
    ],
    close: async () => {
      await ferry.close();
      await own.remove();
    },
  };
}
