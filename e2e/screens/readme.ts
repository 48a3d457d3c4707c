import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { ferryApi } from "@/e2e/browser/ferry-api";
import { chart } from "@/e2e/browser/gallery/exhibit";
import type { OwnFerry } from "@/e2e/browser/own-ferry";
import { privateServer } from "@/e2e/servers/private-server";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { withSession } from "@/lib/postgres/session";

/** Of the bench's shop; 1 is about a gigabyte. */
const SCALE = "0.12";
/** Slow enough to be met half way, on any machine. */
const OPTIONS = { lanes: 4, maxMegabytesPerSecond: 4 };
const HALF_WAY = 0.5;
const PATIENCE_MS = 600_000;

/** An import in its middle: bars that fill, lanes at work, a chart with something on it. */
export async function takeReadmePicture(page: Page, ferry: OwnFerry, path: string): Promise<void> {
  const api = await ferryApi(ferry.address);
  const server = await privateServer(17);
  const source = { ...server.superuser, database: "shop" };
  try {
    await withSession(server.superuser, { side: "metadata", name: "ferry test" }, (client) =>
      client.query("create database shop"),
    );
    const script = await readFile("bench/dataset.sql", "utf8");
    await withSession(source, { side: "metadata", name: "ferry test" }, async (client) => {
      await client.query("select set_config('bench.scale', $1, false)", [SCALE]);
      await client.query(script);
      await client.query("vacuum (analyze)");
    });
    const project = { name: "storefront", regionId: "aws-eu-central-1", pgVersion: 18 };
    const sourceText = connectionUrl(source);
    const id = await api.start({ sourceText, target: { kind: "neon", project }, options: OPTIONS });
    await api.until(id, ({ progress }) => progress.fraction > HALF_WAY / 2, PATIENCE_MS);
    await page.setViewportSize({ width: 1280, height: 1000 });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await page.goto(`/imports/${id}`);
    await chart(page);
    await api.until(id, ({ progress }) => progress.fraction > HALF_WAY, PATIENCE_MS);
    await page.screenshot({ path, animations: "disabled" });
  } finally {
    await api.close();
    await server.remove();
  }
}
