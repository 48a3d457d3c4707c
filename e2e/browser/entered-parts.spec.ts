import { expect, type Page } from "@playwright/test";
import { parseConnectionString } from "@/lib/source/connection-string";
import { test } from "./ferry-test";
import { emptyDatabase, type OwnPostgres, ownPostgres } from "./own-postgres";
import { takeEverything } from "./steps";

const CHECKED_MS = 60_000;
let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(15);
});
test.afterAll(() => own.remove());

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const isFocused = (page: Page, name: string) => expect(field(page, name)).toBeFocused();

/** By the keyboard alone, as who has no connection string would. */
async function enter(page: Page, values: Record<string, string>): Promise<void> {
  const other = page.getByRole("button", { name: "Enter the parts instead" });
  // A key does not wait until the page's script is there.
  await expect(other).toBeEnabled();
  await other.press("Enter");
  await isFocused(page, "Host");
  for (const [name, value] of Object.entries(values)) {
    await isFocused(page, name);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(value);
    await page.keyboard.press("Tab");
  }
}

test("an import without a connection string: both ends are entered part by part", async ({ page }) => {
  const { host, port, user, password, database } = parseConnectionString(own.url);
  const secret = String(password);
  await page.goto("/new");
  await enter(page, { Host: host, Port: "54x2" });
  const connect = page.getByRole("button", { name: "Connect and check" });
  await expect(page.getByText("A number from 1 to 65535.")).toBeVisible();
  await connect.click();
  // What is missing is said where it is missing, and the first of it has the focus.
  await expect(field(page, "User")).toHaveAccessibleDescription("Enter the user.");
  await isFocused(page, "Port");
  await field(page, "Port").fill(String(port));
  await field(page, "Database").fill(database);
  await field(page, "User").fill(user);
  await field(page, "Password").fill(`${secret}x`);
  await page.getByRole("combobox", { name: "TLS (sslmode)" }).selectOption("disable");
  await connect.click();
  const refusal = page.getByRole("main").getByRole("alert");
  await expect(refusal).toContainText("Password: The source server refused the password", { timeout: CHECKED_MS });
  await expect(field(page, "Password")).toHaveAttribute("aria-invalid", "true");

  // A reload keeps all but the password, which is neither in the page nor in what the browser keeps.
  await page.reload();
  await expect(field(page, "Host")).toHaveValue(host);
  await expect(field(page, "User")).toHaveValue(user);
  await expect(page.getByRole("combobox", { name: "TLS (sslmode)" })).toHaveValue("disable");
  await expect(field(page, "Password")).toHaveValue("");
  await expect(field(page, "Password")).toHaveAccessibleDescription(/Enter it again/);
  await field(page, "Password").fill(secret);
  await expect(field(page, "Password")).toHaveAttribute("type", "password");
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(kept).toContain(host);
  expect(kept).not.toContain(secret);
  await connect.click();
  await expect(page.getByRole("heading", { name: "Checks" })).toBeVisible({ timeout: CHECKED_MS });
  expect(await page.content()).not.toContain(secret);

  await takeEverything(page);
  await page.getByRole("radio", { name: "A Postgres of your own" }).check();
  const target = parseConnectionString(await emptyDatabase(own));
  await enter(page, { Host: target.host, Port: String(target.port), Database: "no_such", User: target.user });
  await field(page, "Password").fill(String(target.password));
  const check = page.getByRole("button", { name: "Check and continue" });
  await check.click();
  await expect(refusal).toContainText("Database: The target server has no database no_such.", { timeout: CHECKED_MS });
  await field(page, "Database").fill(target.database);
  await expect(refusal).toBeHidden();
  await check.click();
  await expect(page.getByRole("button", { name: "Start import" })).toBeVisible({ timeout: CHECKED_MS });
});

test("what was pasted and what was entered are both there when one goes from one to the other", async ({ page }) => {
  await page.goto("/new");
  await enter(page, { Host: "ep-a-1-pooler.eu-central-1.aws.neon.tech" });
  await field(page, "User").fill("app");
  await expect(page.getByText("Ferry goes to ep-a-1.eu-central-1.aws.neon.tech:5432.")).toBeVisible();
  await page.getByRole("button", { name: "Paste a connection string instead" }).click();
  const source = field(page, "Source");
  await expect(source).toBeFocused();
  await source.fill("postgres://app:s3cret@db.example/shop");
  // What is understood is edited where it stands.
  await expect(page.getByRole("button", { name: "Enter the parts instead" })).toBeHidden();
  await source.fill("");
  await page.getByRole("button", { name: "Enter the parts instead" }).click();
  await expect(field(page, "Host")).toHaveValue("ep-a-1-pooler.eu-central-1.aws.neon.tech");

  // A whole address that is pasted into a field goes where whole addresses go.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText("postgres://app:s3cret@db.example/shop?connect_timeout=9"));
  await field(page, "Host").focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(source).toBeFocused();
  await expect(source).toHaveValue("postgres://app:s3cret@db.example/shop?connect_timeout=9");
});
