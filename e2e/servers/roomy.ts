/** A Ferry keeps up to 350 MB there, and the servers of a lane of tests 250 and more; twice a whole run, to be safe. */
const LEAST_MEMORY_BYTES = 12 * 2 ** 30;
const LEAST_ROOM_BYTES = 6 * 2 ** 30;

export interface MemoryFacts {
  memoryBytes: number;
  /** What a container allows; 0 where nothing is said. */
  limitBytes: number;
  /** As /proc/mounts has them. */
  mounts: string;
  place: string;
  /** All that fits into the place. */
  roomBytes: number;
}

/** Whether the data of test servers may be at a place in memory. Pure. */
export function isRoomy({ memoryBytes, limitBytes, mounts, place, roomBytes }: MemoryFacts): boolean {
  const usable = limitBytes > 0 ? Math.min(memoryBytes, limitBytes) : memoryBytes;
  const [, , kind = "", options = ""] =
    mounts
      .split("\n")
      .map((line) => line.split(" "))
      .findLast(([, mounted]) => mounted === place) ?? [];
  // Programs of servers are copied beside their data where their user cannot get to the installed ones.
  const runs = kind === "tmpfs" && !options.split(",").includes("noexec");
  return runs && usable >= LEAST_MEMORY_BYTES && roomBytes >= LEAST_ROOM_BYTES;
}
