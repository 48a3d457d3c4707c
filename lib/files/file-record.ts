import { and, eq, inArray, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { files } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { FerryError, type StoredError } from "@/lib/errors/ferry-error";
import { open, parseKeyring, seal } from "@/lib/security/keyring";
import { rememberSecret } from "@/lib/security/redact";
import type { FileOptions } from "./file-options";
import type { CsvReport } from "./load-csv";
import type { ScriptReport } from "./load-script";

/** `arriving` until all bytes are there, `loading` while a staging database is made of them. */
export type FileState = "arriving" | "loading" | "ready" | "failed";

export interface StoredOptions extends FileOptions {
  /** The process ended in the middle of a load, which has been begun anew. */
  wasInterrupted?: boolean;
}

export type FileReport = CsvReport | ScriptReport;

export interface FileSecrets {
  /** Of the staging database's role. */
  password: string;
}

export interface FileRecord {
  id: string;
  name: string;
  createdBy: string | null;
  sizeBytes: number | null;
  state: FileState;
  attempt: number;
  loadedBytes: number;
  options: StoredOptions;
  report: FileReport | null;
  error: StoredError | null;
}

/** What an id looks like, so that it may stand in a path and in names on the server. */
export const isFileId = (id: string): boolean => /^[0-9a-f]{32}$/.test(id);

export const fileSecretsOwner = (id: string): string => `file:${id}`;

export const sealFileSecrets = (id: string, secrets: FileSecrets): string =>
  seal(parseKeyring(env().FERRY_KEYS), fileSecretsOwner(id), JSON.stringify(secrets));

export async function findFile(id: string): Promise<FileRecord | null> {
  const [row] = isFileId(id) ? await database().select().from(files).where(eq(files.id, id)) : [];
  return row ? (row as unknown as FileRecord) : null;
}

export async function loadFileRecord(id: string): Promise<FileRecord> {
  const record = await findFile(id);
  if (!record) throw new FerryError("file.missing");
  return record;
}

export async function openFileSecrets(id: string): Promise<FileSecrets> {
  const [row] = await database().select({ sealed: files.sealed }).from(files).where(eq(files.id, id));
  if (!row) throw new FerryError("file.missing");
  const secrets = JSON.parse(open(parseKeyring(env().FERRY_KEYS), fileSecretsOwner(id), row.sealed)) as FileSecrets;
  rememberSecret(secrets.password);
  return secrets;
}

/** Begins a load; null where the file is in none of these states any more. Whoever began one before has lost it. */
export async function beginLoad(id: string, from: FileState[], options: StoredOptions): Promise<number | null> {
  const [begun] = await database()
    .update(files)
    .set({
      ...{ state: "loading", attempt: sql`${files.attempt} + 1`, loadedBytes: 0, options, report: null, error: null },
      changedAt: sql`now()`,
    })
    .where(and(eq(files.id, id), inArray(files.state, from)))
    .returning({ attempt: files.attempt });
  return begun?.attempt ?? null;
}

type Change = Partial<Pick<FileRecord, "state" | "loadedBytes" | "report" | "error">>;

/** By whoever has begun this attempt; false where another has begun since. */
export async function changeAttempt(id: string, attempt: number, change: Change): Promise<boolean> {
  const changed = await database()
    .update(files)
    .set({ ...change, changedAt: sql`now()` })
    .where(and(eq(files.id, id), eq(files.attempt, attempt)))
    .returning({ id: files.id });
  return changed.length === 1;
}
