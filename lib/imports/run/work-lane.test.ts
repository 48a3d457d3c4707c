import { describe, expect, it } from "vitest";
import type { Outlook } from "../queue/outlook";
import { endOf, type LaneEnd } from "./work-lane";

const outlook = (more: Partial<Outlook> = {}): Outlook => ({
  status: "running",
  run: 3,
  epoch: 2,
  lostEpoch: 0,
  maxMegabytesPerSecond: null,
  open: 5,
  running: 1,
  elsewhere: 1,
  claimable: 1,
  ready: 1,
  leastCost: 1,
  copySeconds: 0,
  copyCost: 0,
  failed: 0,
  reading: 3,
  ...more,
});

describe("a lane", () => {
  it.each<[string, Partial<Outlook>, LaneEnd | null]>([
    ["stays while something can be claimed", {}, null],
    ["stays while others work, since their ends may free more", { claimable: 0 }, null],
    ["stays for a unit that waits for its next attempt", { running: 0 }, null],
    ["goes when all is done", { open: 0, running: 0, claimable: 0, reading: 0 }, "done"],
    ["goes at once when there was nothing to do", { open: 0, running: 0, claimable: 0, failed: 0, reading: 0 }, "done"],
    ["goes when others do all that is left", { open: 1, claimable: 0, ready: 0, reading: 0 }, "done"],
    ["stays while that may be cut and shared", { open: 1, claimable: 0, ready: 0, reading: 1 }, null],
    ["stays when another has fallen silent", { open: 1, claimable: 0, ready: 1, reading: 0 }, null],
    [
      "stays for what it held itself before it died",
      { open: 1, elsewhere: 0, claimable: 0, ready: 0, reading: 0 },
      null,
    ],
    ["goes when only failed units are left", { open: 0, running: 0, claimable: 0, failed: 1 }, "stuck"],
    ["goes when all the rest waits for failed units", { running: 0, claimable: 0, failed: 1 }, "stuck"],
    ["goes on past a failed unit while others can be done", { failed: 1 }, null],
    ["goes when the import was cancelled", { status: "cancelled" }, "stopped"],
    ["goes when the import was paused", { status: "paused" }, "paused"],
    ["goes when another run has followed", { run: 4 }, "stopped"],
    ["goes when another run is about to begin", { run: 4, status: "queued" }, "stopped"],
    ["goes when the import failed elsewhere", { status: "failed", open: 0 }, "stopped"],
    ["goes when a keeper has lost the snapshot", { lostEpoch: 2 }, "snapshot-lost"],
    ["does not mind that an older snapshot was lost", { lostEpoch: 1 }, null],
    ["does not mind the loss when all is read", { lostEpoch: 2, reading: 0 }, null],
    ["goes when the import is under another snapshot by now", { epoch: 3 }, "snapshot-lost"],
    ["goes then even if nothing is to be read", { epoch: 3, reading: 0 }, "snapshot-lost"],
  ])("%s", (_name, more, end) => {
    expect(endOf(outlook(more), 2, 3)).toBe(end);
  });
});
