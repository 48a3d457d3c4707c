import { expect, test } from "vitest";
import { controlFile } from "./extensions";

const BLOOM = "# bloom extension\ncomment = 'bloom'\ndefault_version = '1.0'\nmodule_pathname = '$libdir/bloom'\n";

test("what Neon offers is trusted, whatever Postgres thinks of it; the scripts stay where they are", () => {
  const text = controlFile(BLOOM, "/it's here/extension");
  expect(text).toBe(`${BLOOM}directory = '/it''s here/extension'\ntrusted = true\n`);
});

test("what the file says of it itself gives way", () => {
  const text = controlFile("trusted = false\ndefault_version = '1.0'\ndirectory = 'x'\n", "/scripts");
  expect(text).toBe("default_version = '1.0'\ndirectory = '/scripts'\ntrusted = true\n");
});
