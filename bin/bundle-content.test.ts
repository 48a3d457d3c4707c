import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bundleInto } from "./bundle.mjs";

it("the command line and what starts Ferry carry nothing of what signs people in", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ferry-content-"));
  try {
    await bundleInto(process.cwd(), folder);
    for (const program of ["ferry.cjs", "serve.cjs"]) {
      const text = await readFile(join(folder, program), "utf8");
      // So that a moved file cannot make this true for nothing.
      expect(text.length).toBeGreaterThan(100_000);
      expect(text.includes("better-auth"), program).toBe(false);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
