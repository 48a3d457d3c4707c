import { expect, it, vi } from "vitest";
import { query } from "@/e2e/imports/scene";
import { insertImport, metadataForAll, aConnection as spec } from "@/e2e/metadata";
import { newKeyringText } from "@/lib/security/keyring";

const metadata = metadataForAll();

/** As another process, which was given these keys. */
async function withKeys(keys: string) {
  vi.resetModules();
  process.env.FERRY_KEYS = keys;
  const [{ rotateKeys }, credentials, { signingKey }, neon, fileRecord, { database }] = await Promise.all([
    import("./rotate-keys"),
    import("./credentials"),
    import("./signing-key"),
    import("./neon/account"),
    import("@/lib/files/file-record"),
    import("@/lib/db/client"),
  ]);
  return { rotateKeys, ...credentials, ...neon, ...fileRecord, signingKey, database };
}

it("seals everything under the first key, and nothing needs the others any more", async () => {
  const old = process.env.FERRY_KEYS ?? "";
  const before = await withKeys(old);
  for (const id of ["01A", "01B", "01C"]) await insertImport(metadata, id);
  for (const id of ["01A", "01B"]) await before.storeCredential(before.database(), id, "source", spec);
  await before.storeCredential(before.database(), "01C", "target", spec);
  await before.wipeCredential("01C", "target");
  const key = await before.signingKey();
  await before.keepOwnKey(before.database(), "01A", "napi_of_01A");

  const file = "0123456789abcdef".repeat(2);
  const sealedFile = before.sealFileSecrets(file, { password: "of its role" });
  const insertFile = "insert into files (id, name, state, options, sealed) values ($1, 'a.csv', 'ready', '{}', $2)";
  await query(metadata.spec, insertFile, [file, sealedFile]);

  const fresh = newKeyringText().replace(/^k/, "new");
  const both = await withKeys(`${fresh},${old}`);
  expect(await both.rotateKeys()).toMatchObject({ resealed: 5, untouched: 0 });
  expect(await both.rotateKeys()).toMatchObject({ resealed: 0, untouched: 5 });

  const after = await withKeys(fresh);
  expect(await after.openCredential("01A", "source")).toMatchObject(spec);
  expect(await after.openCredential("01B", "source")).toMatchObject(spec);
  expect(await after.signingKey()).toEqual(key);
  expect((await after.openImportsAccount("own", "01A")).access.key).toBe("napi_of_01A");
  expect(await after.openFileSecrets(file)).toEqual({ password: "of its role" });
  expect(await after.findCredential("01C", "target")).toBeNull();
  const rows = await query<{ sealed: string | null }>(metadata.spec, "select sealed from credentials");
  expect(rows.filter(({ sealed }) => sealed?.startsWith(`${fresh.split(":")[0]}:`))).toHaveLength(2);
});
