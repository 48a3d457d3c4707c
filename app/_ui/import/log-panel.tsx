"use client";

import { useMemo, useState } from "react";
import type { EventView } from "@/lib/imports/view";
import { classes } from "../classes";
import { useLocalMoment } from "../clock";
import { formatCount, formatOffset } from "../format";
import { Panel } from "../panel";

const levels: Record<EventView["level"], { word: string; tone: string }> = {
  info: { word: "Info", tone: "text-quiet" },
  warn: { word: "Warning", tone: "text-warn-text" },
  error: { word: "Error", tone: "text-bad-text" },
};

/** What happened, newest first, by the time into the import. The view holds the last lines only, so all are drawn. */
export function LogPanel({ events, startedAt }: { events: EventView[]; startedAt: string | null }) {
  const [isTroubleOnly, setTroubleOnly] = useState(false);
  const shown = useMemo(
    () =>
      events.filter((event) => !isTroubleOnly || event.level !== "info").sort((left, right) => right.seq - left.seq),
    [events, isTroubleOnly],
  );
  return (
    <Panel
      title="Log"
      note={formatCount(events.length)}
      actions={
        <label className="flex items-center gap-2 text-sm text-quiet">
          <input
            type="checkbox"
            checked={isTroubleOnly}
            onChange={(event) => setTroubleOnly(event.target.checked)}
            className="size-3.5 accent-accent"
          />
          Warnings and errors only
        </label>
      }
    >
      {shown.length === 0 ? (
        <p className="px-4 py-8 text-center text-sm text-quiet">
          {isTroubleOnly ? "No warning and no error." : "Nothing has happened yet."}
        </p>
      ) : (
        <div className="max-h-80 overflow-y-auto overscroll-contain">
          <table aria-label="Log" className="block text-left text-sm">
            <tbody className="block divide-y divide-line/60">
              {shown.map((event) => (
                <Line key={event.seq} event={event} startedAt={startedAt} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Line({ event, startedAt }: { event: EventView; startedAt: string | null }) {
  const moment = useLocalMoment(event.at);
  const offset = Date.parse(event.at) - Date.parse(startedAt ?? event.at);
  const { word, tone } = levels[event.level];
  return (
    <tr className="grid grid-cols-[2.5rem_3.5rem_minmax(0,1fr)] items-baseline gap-x-3 px-4 py-1.5">
      <td className="font-mono text-xs text-quiet">
        <time dateTime={event.at} title={moment}>
          {formatOffset(offset)}
        </time>
      </td>
      <td className={classes("text-xs", tone)}>{word}</td>
      <td className="break-words">{event.message}</td>
    </tr>
  );
}
