import { createServer } from "node:net";
import { expect } from "@playwright/test";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { parseConnectionString } from "@/lib/source/connection-string";
import { test } from "./ferry-test";
import { type OwnPostgres, ownPostgres } from "./own-postgres";
import { countImports, giveSource, takeEverything } from "./steps";

/** From the click to the sentence. */
const LIMIT_MS = 10_000;
let own: OwnPostgres;

test.beforeAll(async () => {
  own = await ownPostgres(15);
});
test.afterAll(() => own.remove());

/** A port on which nothing listens any more. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("there is no port");
  return address.port;
}

const other = (change: Partial<ReturnType<typeof parseConnectionString>>) =>
  connectionUrl({ ...parseConnectionString(own.url), ...change });

interface Case {
  what: string;
  text: (webPort: number) => string | Promise<string>;
  sentence: RegExp;
}

const cases: Case[] = [
  { what: "something that is no address", text: () => "my database please", sentence: /cannot be read/ },
  { what: "another kind of database", text: () => "mysql://app@db/shop", sentence: /does not begin with postgres/ },
  { what: "an address without a user", text: () => "postgres://db.example.com/shop", sentence: /user is missing/ },
  {
    what: "an unknown host",
    text: () => other({ host: "nowhere.ferry.invalid" }),
    sentence: /nowhere\.ferry\.invalid is not known/,
  },
  {
    what: "a port on which nothing listens",
    text: async () => other({ port: await deadPort() }),
    sentence: /refuses connections/,
  },
  {
    what: "a port that is not Postgres",
    text: (webPort) => other({ port: webPort }),
    sentence: /does not speak Postgres/,
  },
  { what: "a wrong password", text: () => other({ password: "not-the-one" }), sentence: /refused the password/ },
  {
    what: "a database that is not there",
    text: () => other({ database: "atlantis" }),
    sentence: /no database atlantis/,
  },
];

for (const { what, text, sentence } of cases) {
  test(`${what} is told next to the field, and nothing is created`, async ({ page, request, baseURL }) => {
    const before = await countImports(request);
    await page.goto("/new");
    const source = page.getByRole("textbox", { name: "Source" });
    await source.fill(await text(Number(new URL(String(baseURL)).port)));
    await page.getByRole("button", { name: "Connect and check" }).click();
    await expect(source).toHaveAccessibleDescription(sentence, { timeout: LIMIT_MS });
    await expect(source).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(sentence);
    await expect(page.getByRole("button", { name: "Connect and check" })).toBeVisible();
    expect(await countImports(request)).toBe(before);
  });
}

test("what is wrong with the target is told next to the target", async ({ page }) => {
  await page.goto("/new");
  await giveSource(page, own.url);
  await takeEverything(page);
  const target = page.getByRole("textbox", { name: "Target connection string" });
  const text = other({ port: await deadPort() });
  await page.getByRole("radio", { name: "A Postgres of your own" }).check();
  await target.fill(text);
  await page.getByRole("button", { name: "Check and continue" }).click();
  await expect(target).toHaveAccessibleDescription(/refuses connections/, { timeout: LIMIT_MS });
  // What was typed is still there.
  await expect(target).toHaveValue(text);
});
