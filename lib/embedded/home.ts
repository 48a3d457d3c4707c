import { accessSync, constants, existsSync, lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { FerryError } from "@/lib/errors/ferry-error";
import { acquireLock, type HomeLock, type LockHolder } from "./home-lock";
import { makeFolder } from "./postgres";

/** The folder in which an embedded Ferry keeps everything it has, held by one process at a time. */
export interface Home {
  path: string;
  /** Where the log of one part goes. */
  log(part: string): string;
  /** What others learn who ask for this home while it is held. */
  announce(holder: Partial<LockHolder>): void;
  release(): Promise<void>;
}

export type OpenedHome = { home: Home } | { heldBy: LockHolder };

/** `FERRY_DATA_DIR`, or `.ferry` in the project. */
export function homePath(projectDir: string, dataDir: string | undefined = process.env.FERRY_DATA_DIR): string {
  return resolve(projectDir, dataDir || ".ferry");
}

/** Takes the home for this process, or says who has it. */
export async function openHome(path: string): Promise<OpenedHome> {
  makeFolder(path);
  checkOurs(path);
  makeFolder(join(path, "logs"));
  const lock = await acquireLock(join(path, "lock"));
  return "heldBy" in lock ? lock : { home: homeWith(path, lock.lock) };
}

function homeWith(path: string, lock: HomeLock): Home {
  return {
    path,
    log: (part) => join(path, "logs", `${part}.log`),
    announce: lock.announce,
    release: lock.release,
  };
}

/** A home of another user fails at its first file, with words that help nobody: this is said at once. */
function checkOurs(path: string): void {
  const user = process.getuid?.();
  const witness = existsSync(join(path, "secrets.json")) ? join(path, "secrets.json") : path;
  const { uid } = lstatSync(witness);
  if (uid !== user && (witness !== path || !isWritable(path))) {
    throw new FerryError("embedded.home_of_another", { path, uid });
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
