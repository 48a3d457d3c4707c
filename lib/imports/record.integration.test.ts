import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { insertImport, startMetadata } from "@/e2e/metadata";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import { armFailpoints } from "@/lib/failpoints";
import { pauseImport } from "./pause-import";
import { failImport } from "./run/fail-import";
import type { ImportStatus } from "./status";

let metadata: TestDatabase;
let id: string;
let count = 0;

beforeAll(async () => {
  metadata = await startMetadata();
  return () => metadata.drop();
});
beforeEach(() => {
  id = `01R${++count}`;
});
afterEach(() => armFailpoints(() => undefined));

const found = async () => {
  const [row] = await query<{ status: string; lines: string[] }>(
    metadata.spec,
    `select status, (select coalesce(json_agg(kind order by seq), '[]') from import_events where import_id = id) as lines
       from imports where id = $1`,
    [id],
  );
  return row;
};

// Those that send an event are in the grid of faults.
it.each<[string, ImportStatus, () => Promise<unknown>, string]>([
  ["pause", "running", () => pauseImport({ id }), "import.paused"],
  ["pause and let go", "queued", () => pauseImport({ id, letGo: true }), "import.paused"],
  ["fail", "running", () => failImport(id, 0), "import.failed"],
])("%s: what dies between the move and its line leaves neither", async (_, status, move, kind) => {
  await insertImport(metadata, id, status);
  armFailpoints((name) => (name === "move.untold" ? Promise.reject(new Error("died")) : undefined));
  await expect(move()).rejects.toThrow("died");
  expect(await found()).toEqual({ status, lines: [] });
  armFailpoints(() => undefined);
  await move();
  expect((await found())?.status).not.toBe(status);
  expect((await found())?.lines).toEqual([kind]);
});

it("a paused import is let go with its line, once", async () => {
  await insertImport(metadata, id);
  await pauseImport({ id });
  await Promise.all([pauseImport({ id, letGo: true }), pauseImport({ id, letGo: true })]);
  expect(await found()).toEqual({ status: "paused", lines: ["import.paused", "snapshot.let_go"] });
});
