import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { serverIdentity } from "./identity";
import { makeFolder } from "./place";
import { runProgram } from "./program";
import type { ServerFiles } from "./server-files";

export const SUPERUSER = "postgres";

/** Beside the data, readable by its owner only: nobody gets into the server without it. */
export const passwordPath = (dataDir: string) => `${dataDir}.password`;

export async function superuserPassword(dataDir: string): Promise<string> {
  return (await readFile(passwordPath(dataDir), "utf8")).trim();
}

/** From 17 on Postgres knows UTF-8 by itself, on every platform alike; before, C is the one name all systems know. */
export function localeArguments(major: number): string[] {
  const everywhere = ["--encoding=UTF8", "--locale=C"];
  return major >= 17 ? [...everywhere, "--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : everywhere;
}

/** Makes a data folder unless there is one. It appears under its name only when it is complete. */
export async function ensureDataDir(
  files: ServerFiles,
  dataDir: string,
  { sync = true, signal }: { sync?: boolean; signal?: AbortSignal } = {},
): Promise<void> {
  if (existsSync(dataDir)) return;
  const identity = serverIdentity();
  const unfinished = `${dataDir}.unfinished`;
  const passwordFile = `${unfinished}.password`;
  const password = randomBytes(24).toString("base64url");
  // Retried, since a server that was cut off while it set this up may take a moment to notice.
  await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
  makeFolder(dirname(dataDir));
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity) {
    await chown(unfinished, identity.uid, identity.gid);
    await chown(passwordFile, identity.uid, identity.gid);
  }
  try {
    const args = [
      `--pgdata=${unfinished}`,
      `--username=${SUPERUSER}`,
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      ...localeArguments(files.major),
      ...(sync ? [] : ["--no-sync"]),
    ];
    await runProgram(files.initdb, args, signal);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(passwordPath(dataDir), password, { mode: 0o600 });
  await rename(unfinished, dataDir);
}

/** A second data folder equal to a stopped first one, password included. */
export async function copyDataDir(from: string, to: string): Promise<void> {
  const identity = serverIdentity();
  makeFolder(dirname(to));
  await mkdir(to, { mode: 0o700 });
  if (identity) await chown(to, identity.uid, identity.gid);
  await runProgram("cp", ["-R", `${from}/.`, to]);
  await cp(passwordPath(from), passwordPath(to));
}
