import { mkdir, open, readdir, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";

const READ_BYTES = 1024 * 1024;
/** What has to be left for everything else that keeps its data on this disk. */
export const LEFT_FREE_BYTES = 512 * 1024 * 1024;

function folder(): string {
  const { FERRY_FILES_DIR } = env();
  if (!FERRY_FILES_DIR) throw new FerryError("file.not_here");
  return FERRY_FILES_DIR;
}

/** Named by its id: nothing that somebody calls it gets into a path. */
export const pathOf = (id: string): string => join(/* turbopackIgnore: true */ folder(), id);

const makeFolder = () => mkdir(/* turbopackIgnore: true */ folder(), { recursive: true, mode: 0o700 });

export async function filesOnDisk(): Promise<string[]> {
  await makeFolder();
  return readdir(/* turbopackIgnore: true */ folder());
}

export async function freeBytes(): Promise<number> {
  await makeFolder();
  const { bavail, bsize } = await statfs(/* turbopackIgnore: true */ folder());
  return bavail * bsize;
}

export async function receivedBytes(id: string): Promise<number> {
  try {
    return (await stat(pathOf(id))).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

export async function makeFile(id: string): Promise<void> {
  await makeFolder();
  await (await open(pathOf(id), "wx", 0o600)).close();
}

export async function writeAt(id: string, offset: number, bytes: Buffer): Promise<void> {
  const file = await open(pathOf(id), "r+");
  try {
    for (let written = 0; written < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, written, bytes.length - written, offset + written);
      written += bytesWritten;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC")
      throw new FerryError("file.disk_full", {}, { cause: error });
    throw error;
  } finally {
    await file.close();
  }
}

export const deleteFile = (id: string): Promise<void> => rm(pathOf(id), { force: true });

/** A part of it, shorter where the file ends. */
export async function readPart(id: string, from: number, length: number): Promise<Buffer> {
  const file = await open(pathOf(id), "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, Math.max(0, from));
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

interface Reading {
  from?: number;
  signal: AbortSignal;
  onRead?: (bytes: number) => void;
}

/** Each chunk is memory of its own, since whoever takes it may keep it. */
export async function* readChunks(id: string, { from = 0, signal, onRead }: Reading): AsyncGenerator<Buffer> {
  const file = await open(pathOf(id), "r");
  try {
    for (let at = from; ; ) {
      signal.throwIfAborted();
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(READ_BYTES), 0, READ_BYTES, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      onRead?.(at);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
