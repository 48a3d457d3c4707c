"use client";

import { useEffect, useState, useSyncExternalStore } from "react";

/**
 * The database's clock, carried on in the browser between two readings, in milliseconds. The first rendering
 * is the reading itself, so that server and browser write the same.
 */
export function useNow(reading: string, isTicking: boolean, everyMs = 1_000): number {
  const [now, setNow] = useState(() => Date.parse(reading));
  useEffect(() => {
    const read = Date.parse(reading);
    const offset = read - Date.now();
    setNow(read);
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now() + offset), everyMs);
    return () => clearInterval(timer);
  }, [reading, isTicking, everyMs]);
  return now;
}

const neverChanges = () => () => {};

/** The moment in the reader's own time zone; on the server, which does not know it, in UTC. */
export function useLocalMoment(iso: string): string {
  return useSyncExternalStore(
    neverChanges,
    () => new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" }),
    () => iso,
  );
}
