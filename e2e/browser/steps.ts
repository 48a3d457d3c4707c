import { type APIRequestContext, expect, type Page } from "@playwright/test";

/** The list of imports, or the words that stand in its place while there is none. */
export async function openImports(page: Page): Promise<void> {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

export async function countImports(request: APIRequestContext): Promise<number> {
  const { imports } = await (await request.get("/api/imports")).json();
  return imports.length;
}
