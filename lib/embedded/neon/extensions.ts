import { copyFile, link, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { neonExtension } from "@/lib/preflight/data/neon-extensions";
import { makeFolder, type ServerFiles } from "../postgres";

const SHARE = join("share", "postgresql");

/**
 * The same server, whose databases may have just the extensions that Neon offers, of those that it has. Postgres looks
 * for its files from where its program is: here the program stands beside links to them, and beside control files of
 * our own, which say that the owner of a database may create the extension.
 */
export async function withNeonExtensions(files: ServerFiles, folder: string): Promise<ServerFiles> {
  const installed = dirname(dirname(files.postgres));
  const own = join(folder, `programs-${files.version}`);
  await rm(own, { recursive: true, force: true });
  for (const part of ["bin", SHARE]) makeFolder(join(own, part));
  const postgres = join(own, "bin", "postgres");
  await link(files.postgres, postgres).catch(() => copyFile(files.postgres, postgres)); // Links have one disk and one owner.
  const shared = (await readdir(join(installed, SHARE))).filter((name) => name !== "extension");
  const linked = ["lib", ...shared.map((name) => join(SHARE, name))];
  for (const path of linked) await symlink(join(installed, path), join(own, path));
  await writeControlFiles(join(installed, SHARE, "extension"), join(own, SHARE, "extension"), files.major);
  return { ...files, postgres };
}

async function writeControlFiles(installed: string, own: string, major: number): Promise<void> {
  await mkdir(own, { mode: 0o755 });
  for (const file of await readdir(installed)) {
    // A secondary control file, `name--1.1.control`, is looked for beside the scripts.
    if (!file.endsWith(".control") || file.includes("--")) continue;
    if (neonExtension(file.slice(0, -".control".length), major) === null) continue;
    const text = await readFile(join(installed, file), "utf8");
    await writeFile(join(own, file), controlFile(text, installed), { mode: 0o644 });
  }
}

/** The scripts stay where they are. Pure. */
export function controlFile(text: string, scriptsDir: string): string {
  const kept = text.split("\n").filter((line) => !/^\s*(trusted|directory)\s*=/.test(line));
  return `${kept.join("\n").trimEnd()}\ndirectory = '${scriptsDir.replaceAll("'", "''")}'\ntrusted = true\n`;
}
