"use client";

import { useLocalMoment, useNow } from "./clock";
import { formatAgo } from "./format";

const TICK_MS = 10_000;

/** A moment as `5 min ago`, with the moment itself in the tooltip. */
export function Ago({ at, now }: { at: string; now: string }) {
  const moment = useLocalMoment(at);
  const nowMs = useNow(now, true, TICK_MS);
  return (
    <time dateTime={at} title={moment} className="whitespace-nowrap">
      {formatAgo(Date.parse(at), nowMs)}
    </time>
  );
}
