import { expect, test } from "vitest";
import { controlFile } from "./extensions";

const BLOOM = "# bloom extension\ncomment = 'bloom'\ndefault_version = '1.0'\nmodule_pathname = '$libdir/bloom'\n";

test("what Neon offers is trusted, whatever Postgres thinks of it; the scripts stay where they are", () => {
  const text = controlFile(BLOOM, "/it's here/extension", true);
  expect(text).toBe(`${BLOOM}directory = '/it''s here/extension'\ntrusted = true\n`);
});

test("what Neon does not offer is not, though Postgres trusts it", () => {
  const text = controlFile("default_version = '1.0'\ntrusted = true\n", "/scripts", false);
  expect(text).toBe("default_version = '1.0'\ndirectory = '/scripts'\ntrusted = false\n");
});
