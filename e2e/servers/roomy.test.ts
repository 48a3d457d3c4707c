import { expect, it } from "vitest";
import { isRoomy, type MemoryFacts } from "./roomy";

const GIGABYTE = 2 ** 30;
const mount = (options: string, kind = "tmpfs") => `/dev/vda / ext4 rw 0 0\nshm /dev/shm ${kind} ${options} 0 0\n`;
const LARGE: MemoryFacts = {
  memoryBytes: 24 * GIGABYTE,
  limitBytes: 0,
  mounts: mount("rw,nosuid"),
  place: "/dev/shm",
  roomBytes: 24 * GIGABYTE,
};

it.each<[string, Partial<MemoryFacts>, boolean]>([
  ["a large machine", {}, true],
  ["a limit that is none", { limitBytes: 2 ** 64 }, true],
  ["a small machine", { memoryBytes: 7 * GIGABYTE }, false],
  ["a small container on a large machine", { limitBytes: 4 * GIGABYTE }, false],
  ["a container's 64 megabytes", { roomBytes: 64 * 2 ** 20 }, false],
  ["where no program may be run", { mounts: mount("rw,nosuid,noexec") }, false],
  ["a folder of the disk", { mounts: "/dev/vda / ext4 rw 0 0\n" }, false],
  ["another kind of disk", { mounts: mount("rw", "ext4") }, false],
  ["one that is mounted over another", { mounts: mount("rw") + mount("rw,noexec") }, false],
])("%s", (_, facts, expected) => expect(isRoomy({ ...LARGE, ...facts })).toBe(expected));
