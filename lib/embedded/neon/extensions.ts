import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { neonExtension } from "@/lib/preflight/data/neon-extensions";
import { makeFolder, type ServerFiles } from "../postgres";

/** From here on a server can be told of another folder with extensions' control files. */
const FIRST_MAJOR = 18;

/**
 * What lets the owner of a database create just the extensions that Neon offers, of those that this server has: a copy
 * of each control file says whether Postgres shall trust it, and the server looks there first. Older servers have no
 * such setting: there it is the ones that Postgres itself trusts.
 */
export async function extensionSettings(files: ServerFiles, folder: string): Promise<Record<string, string>> {
  if (files.major < FIRST_MAJOR) return {};
  const own = join(folder, `extensions-${files.major}`);
  const installed = join(dirname(dirname(files.postgres)), "share", "postgresql", "extension");
  makeFolder(own);
  await mkdir(join(own, "extension"), { recursive: true, mode: 0o755 });
  for (const file of (await readdir(installed)).filter((name) => name.endsWith(".control"))) {
    // A secondary control file, `name--1.1.control`, says nothing about trust.
    if (file.includes("--")) continue;
    const text = await readFile(join(installed, file), "utf8");
    const isOffered = neonExtension(file.slice(0, -".control".length), files.major) !== null;
    await writeFile(join(own, "extension", file), controlFile(text, installed, isOffered), { mode: 0o644 });
  }
  return { extension_control_path: `${own}:$system` };
}

/** The scripts stay where they are. Pure. */
export function controlFile(text: string, scriptsDir: string, isTrusted: boolean): string {
  const kept = text.split("\n").filter((line) => !/^\s*(trusted|directory)\s*=/.test(line));
  const quoted = scriptsDir.replaceAll("'", "''");
  return `${kept.join("\n").trimEnd()}\ndirectory = '${quoted}'\ntrusted = ${isTrusted}\n`;
}
