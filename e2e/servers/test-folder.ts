import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, statfsSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder, serverPlace } from "@/lib/embedded/postgres";
import { isRoomy } from "./roomy";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const MEMORY = "/dev/shm";

/** What stays from run to run: templates, and copies of programs. Git does not see it. */
export function testFolder(): string {
  return serverPlace(join(PROJECT, ".ferry", "test"));
}

/**
 * The data of everything that runs, by process. Runs make and drop hundreds of databases of 300 files each, which on
 * some disks takes longer than the tests: where a machine has much memory, they are there. `E2E_DATA=disk` keeps them
 * in the project.
 */
export function runsFolder(): string {
  const wanted = process.env.E2E_DATA !== "disk" && existsSync(MEMORY) && isRoomy(memoryFacts());
  return join((wanted && inMemory()) || testFolder(), "runs");
}

/** What belongs to this process. The next run takes away what a killed one leaves. */
export const ownRunFolder = (): string => join(runsFolder(), String(process.pid));

function memoryFacts() {
  const { blocks, bsize } = statfsSync(MEMORY);
  return {
    memoryBytes: totalmem(),
    limitBytes: process.constrainedMemory(),
    mounts: existsSync("/proc/mounts") ? readFileSync("/proc/mounts", "utf8") : "",
    place: MEMORY,
    roomBytes: blocks * bsize,
  };
}

/** A folder of the project's own; null where somebody else has made one of that name. */
function inMemory(): string | null {
  const user = process.getuid?.();
  const folder = join(MEMORY, `ferry-test-${user}-${createHash("sha256").update(PROJECT).digest("hex").slice(0, 12)}`);
  makeFolder(folder);
  const facts = lstatSync(folder);
  return facts.isDirectory() && facts.uid === user && (facts.mode & 0o022) === 0 ? folder : null;
}
