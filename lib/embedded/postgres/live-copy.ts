import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { chown, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { serverIdentity } from "./identity";
import { passwordPath } from "./initialise";
import { makeFolder } from "./place";

/** What is in them belongs to the running server; pg_basebackup leaves them empty as well. */
const LEFT_EMPTY = new Set([
  "pg_dynshmem",
  "pg_notify",
  "pg_replslot",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
  "pg_wal",
]);
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|pgsql_tmp.*|backup_label.*|tablespace_map.*|backup_manifest|pg_internal\.init.*)$/;
const WAL_FILE = /^[0-9A-F]{24}$/;
const AT_ONCE = 16;
const SMALL_BYTES = 1 << 18;

interface BackupStart {
  file: string;
}

interface BackupEnd {
  file: string;
  lsn: string;
  label: string;
}

/**
 * A second data folder with what a running server holds, password included; the folder appears under its name when it
 * is complete. This is Postgres's low-level backup: files are copied while they are written, and the log from the
 * backup's start to its end, which goes with them, makes them whole when a server starts on the copy.
 */
export async function copyRunningDataDir(
  { dataDir, superuser }: { dataDir: string; superuser: ConnectionSpec },
  to: string,
): Promise<{ lsn: string }> {
  const unfinished = `${to}.unfinished`;
  await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
  makeFolder(dirname(to));
  const end = await withSession(superuser, { side: "metadata", name: "ferry branch" }, async (client) => {
    const start = await beginBackup(client);
    await copyFolder(dataDir, unfinished, "");
    const ended = await endBackup(client);
    await copyLog(dataDir, unfinished, start.file, ended.file);
    const label = join(unfinished, "backup_label");
    await writeFile(label, ended.label, { mode: 0o600 });
    await giveToServer(label);
    return ended;
  });
  await cp(passwordPath(dataDir), passwordPath(to));
  await rename(unfinished, to);
  return { lsn: end.lsn };
}

async function beginBackup(client: Client): Promise<BackupStart> {
  // Holds on to the log that the copy will need; temporary: it ends with the session, whatever happens.
  const slot = `ferry_branch_${randomBytes(6).toString("hex")}`;
  await client.query("select pg_catalog.pg_create_physical_replication_slot($1, true, true)", [slot]);
  const { rows } = await client.query<BackupStart>(
    "select pg_catalog.pg_walfile_name(lsn) as file from pg_catalog.pg_backup_start('ferry branch', true) as lsn",
  );
  return rows[0] as BackupStart;
}

async function endBackup(client: Client): Promise<BackupEnd> {
  const { rows } = await client.query<BackupEnd>(`
    select pg_catalog.pg_walfile_name(lsn) as file, lsn::text as lsn, labelfile as label
      from pg_catalog.pg_backup_stop(false)`);
  return rows[0] as BackupEnd;
}

async function copyFolder(from: string, to: string, relative: string): Promise<void> {
  await mkdir(join(to, relative), { mode: 0o700 });
  await giveToServer(join(to, relative));
  if (LEFT_EMPTY.has(relative)) return;
  const entries = (await unlessGone(readdir(join(from, relative), { withFileTypes: true }))) ?? [];
  const wanted = entries.filter(({ name }) => !LEFT_OUT.test(name));
  const files = wanted.filter((entry) => entry.isFile());
  const links = wanted.filter((entry) => entry.isSymbolicLink());
  if (links.length > 0) throw new Error(`${join(from, relative)} has links, and a table space cannot be copied.`);
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE).map(({ name }) => join(relative, name));
    await Promise.all(some.map((path) => copyOne(join(from, path), join(to, path))));
  }
  for (const { name } of wanted.filter((entry) => entry.isDirectory())) {
    await copyFolder(from, to, join(relative, name));
  }
}

async function copyLog(from: string, to: string, first: string, last: string): Promise<void> {
  const names = (await readdir(join(from, "pg_wal"))).filter((name) => WAL_FILE.test(name));
  for (const name of names.filter((file) => file >= first && file <= last)) {
    await copyOne(join(from, "pg_wal", name), join(to, "pg_wal", name));
  }
}

/**
 * To the end that the file has by then: `copyFile` would wait for ever for what was cut off meanwhile. A table that is
 * dropped in between is in the log as dropped.
 */
async function copyOne(from: string, to: string): Promise<void> {
  const copied = await unlessGone(copyContent(from, to).then(() => true));
  if (copied) await giveToServer(to);
}

/** Most files are a few pages, and a stream for each would cost more than they do. */
async function copyContent(from: string, to: string): Promise<void> {
  const { size } = await stat(from);
  if (size <= SMALL_BYTES) await writeFile(to, await readFile(from), { mode: 0o600 });
  else await pipeline(createReadStream(from, { highWaterMark: SMALL_BYTES }), createWriteStream(to, { mode: 0o600 }));
}

async function unlessGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function giveToServer(path: string): Promise<void> {
  const identity = serverIdentity();
  if (identity) await chown(path, identity.uid, identity.gid);
}
