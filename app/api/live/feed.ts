import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { diffViews } from "@/app/_ui/import/view-change";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";

/** One reading of an import, written once for all who watch it. */
export interface Reading {
  view: ImportView;
  /** The same for two readings that show the same. */
  digest: string;
  whole: string;
  /** What is different from the reading before. */
  change: string;
}

export interface Watcher {
  onReading: (reading: Reading) => void;
  onFailed: (error: unknown) => void;
}

export interface Feed {
  latest: () => Reading;
  /** Watches from now on; the returned function ends it. */
  watch: (watcher: Watcher) => () => void;
}

type Load = () => Promise<ImportView>;

const POLL_MS = 500;
/** Reading may take a tenth of the time at most, however large the import is. */
const REST = 10;
/** Telling so many is as much work as reading. */
const CROWD = 25;
const MOST_SLOWER = 4;

/** The more watch, the less often they are told: the import is not to take longer for being watched. Pure. */
export const slowerFor = (watchers: number): number => Math.min(Math.max(watchers / CROWD, 1), MOST_SLOWER);

const feeds = new Map<string, Promise<Feed>>();

/** All who watch the same import share one reader of it; the first to come starts it, the last to go ends it. */
export function joinFeed(key: string, load: Load, pollMs = POLL_MS): Promise<Feed> {
  const known = feeds.get(key);
  if (known) return known;
  const forget = () => feeds.delete(key);
  const feed = startFeed(load, pollMs, forget);
  feeds.set(key, feed);
  feed.catch(forget);
  return feed;
}

async function startFeed(load: Load, pollMs: number, forget: () => void): Promise<Feed> {
  const watchers = new Set<Watcher>();
  let latest = firstReading(await load());

  async function run(): Promise<void> {
    let pauseMs = pollMs;
    while (!hasEnded(latest.view.status)) {
      await sleep(pauseMs);
      if (watchers.size === 0) break;
      const startedAt = performance.now();
      const next = nextReading(latest, await load());
      pauseMs = Math.max(pollMs * slowerFor(watchers.size), REST * (performance.now() - startedAt));
      if (!next) continue;
      latest = next;
      for (const watcher of watchers) watcher.onReading(latest);
    }
  }

  // A feed that nobody watches in its first moments, or whose import has ended, is done at once.
  run()
    .catch((error: unknown) => {
      for (const watcher of watchers) watcher.onFailed(error);
    })
    .finally(forget);

  return {
    latest: () => latest,
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

function firstReading(view: ImportView): Reading {
  return { view, change: "", ...written(view) };
}

/** Null when nothing but the clock has moved. */
function nextReading(before: Reading, view: ImportView): Reading | null {
  const change = diffViews(before.view, view);
  const moved = Object.keys(change.fields).some((name) => name !== "now") || Object.keys(change.lists).length > 0;
  return moved ? { view, change: JSON.stringify(change), ...written(view) } : null;
}

function written(view: ImportView): Pick<Reading, "whole" | "digest"> {
  const digest = createHash("sha1").update(JSON.stringify({ ...view, now: null }));
  return { whole: JSON.stringify(view), digest: digest.digest("base64url") };
}
