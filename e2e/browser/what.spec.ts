import { expect } from "@playwright/test";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { DEMO, ferryApi } from "./ferry-api";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";
import { giveSource, giveTarget } from "./steps";

const IMPORT_MS = 120_000;
const asOwner = { side: "metadata", name: "ferry test" } as const;
let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(15);
  await withSession(parseConnectionString(own.url), asOwner, (client) =>
    client.query(`
      create table loans (id int primary key, book_id int references books);
      insert into loans values (1, 1), (2, 2);
      create table members (id int primary key);
      insert into members values (1);`),
  );
});
test.afterAll(() => own.remove());

test("the tables that are chosen by keyboard arrive, and no others; the rest is told with its reason", async ({
  page,
}) => {
  await page.goto("/new");
  await giveSource(page, own.url);
  await page.getByRole("link", { name: "Continue", exact: true }).click();
  const box = (name: string) => page.getByRole("checkbox", { name, exact: true });
  await box("Everything").focus();
  // Everything, public, authors, books.
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
  await expect(box("public.books")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(box("public.books")).not.toBeChecked();
  await expect(box("public")).toHaveJSProperty("indeterminate", true);
  await expect(box("Everything")).toHaveJSProperty("indeterminate", true);
  // The rows of the last one stay behind.
  await page.keyboard.press("End");
  await expect(box("public.members")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(box("Data of public.members")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(box("Data of public.members")).not.toBeChecked();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(box("public")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(box("public.books")).toBeHidden();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("searchbox", { name: "Search tables" }).fill("book");
  await expect(page.getByRole("checkbox", { name: /^public\./ })).toHaveCount(1);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(box("public.books")).not.toBeChecked();
  await expect(box("Data of public.members")).not.toBeChecked();

  await page.getByRole("button", { name: "Continue" }).click();
  const target = await emptyDatabase(own);
  await giveTarget(page, target);
  await expect(page.getByText("1 table: public.books")).toBeVisible({ timeout: IMPORT_MS });
  await expect(page.getByText("1 table: public.members")).toBeVisible();
  const leftOut = page.getByRole("region", { name: "Objects" });
  await expect(leftOut).toContainText("foreign key public.loans loans_book_id_fkey", { timeout: IMPORT_MS });
  await expect(leftOut).toContainText("view public.shelf");
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("Nothing is missing.")).toBeVisible({ timeout: IMPORT_MS });

  const arrived = await withSession(parseConnectionString(target), asOwner, async (client) => {
    const tables = await client.query(
      "select relname from pg_class where relkind in ('r', 'v') and relnamespace = 'public'::regnamespace order by 1",
    );
    const members = await client.query("select count(*)::int as rows from members");
    return [...tables.rows.map(({ relname }) => relname), members.rows[0].rows];
  });
  expect(arrived).toEqual(["authors", "loans", "members", 0]);
});

test("nothing at all cannot be chosen, and a box of a search is for what was found", async ({ page }) => {
  await page.goto("/new");
  await giveSource(page, own.url);
  await page.getByRole("link", { name: "Continue", exact: true }).click();
  const box = (name: string) => page.getByRole("checkbox", { name, exact: true });
  await box("Everything").uncheck();
  await expect(page.getByText("Nothing is chosen")).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue" })).toBeDisabled();
  await page.getByRole("searchbox", { name: "Search tables" }).fill("loans");
  await expect(page.getByRole("checkbox", { name: /^public\./ })).toHaveCount(1);
  await box("All that was found").check();
  await page.getByRole("searchbox", { name: "Search tables" }).fill("");
  await expect(box("public.loans")).toBeChecked();
  await expect(box("public.books")).not.toBeChecked();
  await expect(page.getByRole("button", { name: "Continue" })).toBeEnabled();
  // Tables that are the target's own have owners already.
  await expect(page.getByRole("group", { name: "Owners and grants" })).toBeVisible();
  await page.getByRole("radio", { name: "Data only" }).check();
  await expect(page.getByRole("group", { name: "Owners and grants" })).toBeHidden();
  await expect(box("Data of public.loans")).toBeVisible();
});

test("what is changed after the checks is checked once more, and its time and size are told once", async ({
  page,
  baseURL,
}) => {
  const ferry = await ferryApi(baseURL);
  const id = await ferry.create(DEMO);
  await page.goto(`/new?step=what&import=${id}`);
  await page.getByRole("searchbox", { name: "Search tables" }).fill("sales");
  const saved = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.ok());
  await page.getByRole("checkbox", { name: "Data of sales", exact: true }).uncheck();
  await saved;
  const checked = page.waitForResponse(/\/check$/, { timeout: IMPORT_MS });
  await page.goto(`/new?step=review&import=${id}`);
  await checked;
  await expect(page.getByText(/^Some seconds/)).toBeVisible({ timeout: IMPORT_MS });
  await expect(page.getByRole("region", { name: "Time and size" })).toHaveCount(1);
  await ferry.close();
});
