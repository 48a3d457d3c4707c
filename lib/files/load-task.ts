import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { files } from "@/lib/db/schema";
import { toStored } from "@/lib/errors/describe";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import {
  beginLoad,
  changeAttempt,
  type FileRecord,
  type FileState,
  loadFileRecord,
  openFileSecrets,
  type StoredOptions,
} from "./file-record";
import { hasFiles } from "./has-files";
import { inProcess } from "./in-process";
import { loadInto } from "./load-file";
import { dropStaging, makeStaging, sealOff } from "./staging";

const PROGRESS_MS = 1_000;

interface Task {
  stop: AbortController;
  done: Promise<void>;
}

const tasks = inProcess<Task>("tasks");

/**
 * Loads a file in this process, which goes on after the request. It is no step of the engine: a script has one session
 * with its settings and perhaps one transaction, and cannot be left in the middle. What a process that ended was loading
 * is begun anew by the next one (`loadInterrupted`), into a fresh database: nothing is lost but time.
 */
export async function startLoad(id: string, from: FileState[], options: StoredOptions): Promise<boolean> {
  const attempt = await beginLoad(id, from, options);
  if (attempt === null) return false;
  await endLoad(id);
  const file = await loadFileRecord(id);
  const stop = new AbortController();
  const done = run(file, attempt, stop.signal).finally(() => {
    if (tasks.get(id)?.stop === stop) tasks.delete(id);
  });
  tasks.set(id, { stop, done });
  return true;
}

/** Resolves when nothing of it is under way in this process. */
export async function endLoad(id: string): Promise<void> {
  const task = tasks.get(id);
  task?.stop.abort(new FerryError("file.missing"));
  await task?.done;
}

/** For tests, and whoever wants to know the end. */
export const loadEnded = async (id: string): Promise<void> => tasks.get(id)?.done;

async function run(file: FileRecord, attempt: number, signal: AbortSignal): Promise<void> {
  const { id } = file;
  const beat = { loadedBytes: 0 };
  const telling = setInterval(() => {
    // The next one tells more.
    changeAttempt(id, attempt, beat).catch(() => {});
  }, PROGRESS_MS);
  const onRead = (bytes: number) => {
    beat.loadedBytes = bytes;
  };
  try {
    const { password } = await openFileSecrets(id);
    const staging = await makeStaging(id, password);
    const report = await loadInto({ file, options: file.options, staging, signal, onRead });
    await sealOff(id, password);
    await changeAttempt(id, attempt, { state: "ready", report, ...beat });
  } catch (error) {
    await fail(id, attempt, error);
  } finally {
    clearInterval(telling);
  }
}

async function fail(id: string, attempt: number, error: unknown): Promise<void> {
  try {
    if (!(error instanceof FerryError)) console.error(redact(messageOf(error)));
    const { code, context } = toStored(error);
    const told = {
      code,
      context: { ...context, ...(context.reason ? { reason: redact(String(context.reason)) } : {}) },
    };
    // Whoever has begun anew since has the database.
    if (await changeAttempt(id, attempt, { state: "failed", error: told })) await dropStaging(id);
  } catch (cause) {
    // It stays as loading, and is begun anew at the next start.
    console.error(redact(messageOf(cause)));
  }
}

/** At the start of the one process that loads: what is still said to be loading was cut off. */
export async function loadInterrupted(): Promise<void> {
  if (!hasFiles()) return;
  const rows = await database().select().from(files).where(eq(files.state, "loading"));
  for (const { id, options } of rows) {
    if (tasks.has(id)) continue;
    await startLoad(id, ["loading"], { ...(options as StoredOptions), wasInterrupted: true });
  }
}
