import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { database } from "@/lib/db/client";
import { files } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { cleanFileName } from "./csv-names";
import type { FileOptions } from "./file-options";
import { loadFileRecord, sealFileSecrets } from "./file-record";
import { type FileView, viewOf } from "./file-view";
import { deleteFile, freeBytes, LEFT_FREE_BYTES, makeFile, receivedBytes, writeAt } from "./files-home";
import { hasFiles } from "./has-files";
import { inProcess } from "./in-process";
import { endLoad, startLoad } from "./load-task";
import { dropStaging } from "./staging";
import { refuseInUse } from "./use";

export const bringFileSchema = z.object({
  name: z.string().min(1).max(500),
  sizeBytes: z.int().min(1),
});

/** The file, the database that is made of it, and what the change of types writes once more. */
const DISK_FACTOR = 3;
const gigabytes = (bytes: number) => Math.round(bytes / 1e8) / 10;

/** Makes room for a file whose bytes come next. */
export async function bringFile(input: z.infer<typeof bringFileSchema>, by: string | null): Promise<FileView> {
  if (!hasFiles()) throw new FerryError("file.not_here");
  const { sizeBytes } = input;
  const free = await freeBytes();
  if (sizeBytes * DISK_FACTOR + LEFT_FREE_BYTES > free)
    throw new FerryError("file.too_large", { gigabytes: gigabytes(sizeBytes * DISK_FACTOR), free: gigabytes(free) });
  const id = randomBytes(16).toString("hex");
  const sealed = sealFileSecrets(id, { password: randomBytes(24).toString("base64url") });
  const name = cleanFileName(input.name);
  await database().insert(files).values({ id, name, createdBy: by, sizeBytes, state: "arriving", options: {}, sealed });
  // After its row: what stands in the folder without one is swept away.
  await makeFile(id);
  return viewFile({ id });
}

export async function viewFile({ id }: { id: string }): Promise<FileView> {
  const record = await loadFileRecord(id);
  return viewOf(record, record.state === "arriving" ? await receivedBytes(id) : (record.sizeBytes ?? 0));
}

/** Slices of one file one after the other: a browser sends one anew whose answer got lost. */
const turns = inProcess<Promise<unknown>>("turns");

/**
 * Takes the next bytes, if they are the next: `receivedBytes` of the answer says where to go on in any case. The last
 * ones begin the load.
 */
export async function receiveSlice(request: { id: string; offset: number; bytes: Buffer }): Promise<FileView> {
  const { id } = request;
  const turn = (turns.get(id) ?? Promise.resolve()).then(() => takeSlice(request));
  const settled = turn.catch(() => {});
  turns.set(id, settled);
  try {
    return await turn;
  } finally {
    if (turns.get(id) === settled) turns.delete(id);
  }
}

async function takeSlice({ id, offset, bytes }: { id: string; offset: number; bytes: Buffer }): Promise<FileView> {
  const { state, sizeBytes } = await loadFileRecord(id);
  if (state !== "arriving") return viewFile({ id });
  const received = await receivedBytes(id);
  const size = sizeBytes ?? 0;
  if (offset !== received || offset + bytes.length > size) return viewFile({ id });
  await writeAt(id, offset, bytes);
  await database().update(files).set({ changedAt: sql`now()` }).where(eq(files.id, id));
  if (offset + bytes.length === size) await startLoad(id, ["arriving"], {});
  return viewFile({ id });
}

/** Reads it once more, as somebody says; or once more as before, after an error. */
export async function readAgain({ id, options }: { id: string; options: FileOptions }): Promise<FileView> {
  const { state, sizeBytes } = await loadFileRecord(id);
  if (state === "arriving" && (await receivedBytes(id)) < (sizeBytes ?? 0)) throw new FerryError("file.not_whole");
  await refuseInUse(id, "read again");
  await startLoad(id, ["arriving", "ready", "failed", "loading"], options);
  return viewFile({ id });
}

/** With all that was made of it. */
export async function removeFile({ id }: { id: string }): Promise<void> {
  await loadFileRecord(id);
  await refuseInUse(id, "removed");
  await takeAway(id);
}

/** The row last, so that what fails is done again. */
export async function takeAway(id: string): Promise<void> {
  await endLoad(id);
  await dropStaging(id);
  await deleteFile(id);
  await database().delete(files).where(eq(files.id, id));
}
