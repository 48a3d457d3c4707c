import { expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { insertImport, metadataForAll, aConnection as spec } from "@/e2e/metadata";

const metadata = metadataForAll();
let number = 0;

/** An import as old as that, with both passwords. */
async function made(status: string, hoursAgo: number, { sealedAgo = hoursAgo, target = "url" } = {}): Promise<string> {
  const id = `01${String(number++).padStart(4, "0")}`;
  await insertImport(metadata, id, status);
  const { storeCredential } = await import("./credentials");
  const { database } = await import("@/lib/db/client");
  for (const side of ["source", "target"] as const) await storeCredential(database(), id, side, spec);
  await query(
    metadata.spec,
    "update credentials set created_at = now() - $2 * interval '1 hour' where import_id = $1",
    [...[id, sealedAgo]],
  );
  await query(
    metadata.spec,
    `update imports set created_at = now() - interval '9 days', target = jsonb_build_object('kind', $3::text),
            finished_at = case when status in ('draft', 'running', 'paused', 'queued') then null
                               else now() - $2 * interval '1 hour' end where id = $1`,
    [id, hoursAgo, target],
  );
  return id;
}

async function kept(id: string): Promise<string[]> {
  const rows = await query<{ side: string }>(
    metadata.spec,
    "select side from credentials where import_id = $1 and sealed is not null order by side",
    [id],
  );
  return rows.map(({ side }) => side);
}

it.each([
  ["succeeded", 25, {}, []],
  ["differences", 25, {}, []],
  ["failed", 25, {}, []],
  ["blocked", 25, {}, []],
  ["cancelled", 25, {}, []],
  ["draft", 25, {}, []],
  ["failed", 23, {}, ["source", "target"]],
  ["draft", 23, {}, ["source", "target"]],
  // Work that is not done yet needs them, however long it takes.
  ["running", 900, {}, ["source", "target"]],
  ["paused", 900, {}, ["source", "target"]],
  ["queued", 900, {}, ["source", "target"]],
  // Sealed anew for another comparison.
  ["succeeded", 900, { sealedAgo: 1 }, ["source", "target"]],
  // Ferry's own server.
  ["succeeded", 900, { target: "local" }, ["target"]],
] as const)("an import that is %s, after %i hours %j, keeps %j", async (status, hours, more, sides) => {
  const { wipeOldPasswords } = await import("./wipe-passwords");
  const id = await made(status, hours, more);
  await wipeOldPasswords();
  expect(await kept(id)).toEqual(sides);
});

it("happens at once when asked to, but not under an import at work", async () => {
  const { wipePasswordsNow } = await import("./wipe-passwords");
  const [failed, running] = [await made("failed", 0), await made("running", 0)];
  await wipePasswordsNow({ id: failed });
  expect(await kept(failed)).toEqual([]);
  await expect(wipePasswordsNow({ id: running })).rejects.toMatchObject({ code: "import.wrong_state" });
  expect(await kept(running)).toEqual(["source", "target"]);
});

it("a retry afterwards says what is missing, and changes nothing", async () => {
  const { retryImport } = await import("./retry-import");
  const { wipePasswordsNow } = await import("./wipe-passwords");
  const id = await made("failed", 0);
  await wipePasswordsNow({ id });
  await expect(retryImport({ id })).rejects.toMatchObject({ code: "credentials.wiped" });
  const [row] = await query(metadata.spec, "select status, run from imports where id = $1", [id]);
  expect(row).toEqual({ status: "failed", run: 0 });
});
