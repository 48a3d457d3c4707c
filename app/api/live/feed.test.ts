import { expect, it } from "vitest";
import { aTable, aView } from "@/app/_ui/fixtures/import-view";
import { applyChange } from "@/app/_ui/import/view-change";
import type { ImportView } from "@/lib/imports/view";
import { joinFeed, type Reading, slowerFor } from "./feed";

const POLL_MS = 2;

/** A source of readings that counts how often it is read. */
function readings(...views: ImportView[]) {
  let reads = 0;
  const load = async () => {
    const view = views[Math.min(reads, views.length - 1)];
    reads += 1;
    if (!view) throw new Error("there is no view");
    return structuredClone(view);
  };
  return { load, reads: () => reads };
}

const arrived = (rows: number) => aView({ tables: [aTable({ state: "copying", rowsDone: rows })] });
const ended = aView({ status: "succeeded", phase: "done" });

function collect(feed: Awaited<ReturnType<typeof joinFeed>>, count: number): Promise<Reading[]> {
  return new Promise((resolve, reject) => {
    const seen: Reading[] = [];
    const unwatch = feed.watch({
      onReading: (reading) => {
        seen.push(reading);
        if (seen.length === count) {
          unwatch();
          resolve(seen);
        }
      },
      onFailed: reject,
    });
  });
}

it("one reading serves all who watch, and their changes lead to what is there", async () => {
  const source = readings(arrived(0), arrived(10), arrived(20), ended);
  const [feed, again] = await Promise.all([
    joinFeed("shared", source.load, POLL_MS),
    joinFeed("shared", source.load, POLL_MS),
  ]);
  expect(again).toBe(feed);
  const first = feed.latest().view;
  const [seen] = await Promise.all([collect(feed, 3), collect(feed, 3)]);
  const last = seen.reduce((view, reading) => applyChange(view, JSON.parse(reading.change)), first);
  expect(last).toEqual(ended);
  expect(source.reads()).toBe(4);
});

it("says nothing while only the clock moves", async () => {
  const source = readings(arrived(1), { ...arrived(1), now: "2026-03-01T12:00:11.000Z" }, arrived(2));
  const feed = await joinFeed("clock", source.load, POLL_MS);
  const before = feed.latest().digest;
  const [reading] = await collect(feed, 1);
  expect(reading?.view.tables[0]?.rowsDone).toBe(2);
  expect(reading?.digest).not.toBe(before);
});

it("tells its watchers when reading fails, and a newcomer starts afresh", async () => {
  let isBroken = false;
  const load = async () => {
    if (isBroken) throw new Error("metadata database is gone");
    isBroken = true;
    return arrived(1);
  };
  const feed = await joinFeed("broken", load, POLL_MS);
  await expect(collect(feed, 1)).rejects.toThrow("gone");
  await expect(joinFeed("broken", load, POLL_MS)).rejects.toThrow("gone");
  isBroken = false;
  expect((await joinFeed("broken", load, POLL_MS)).latest().view.tables).toHaveLength(1);
});

it.each([
  [1, 1],
  [25, 1],
  [50, 2],
  [100, 4],
  [5_000, 4],
])("tells %i watchers %i times less often than one", (watchers, times) => {
  expect(slowerFor(watchers)).toBe(times);
});
