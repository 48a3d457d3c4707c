import { classes } from "../classes";
import type { Connection } from "./use-live-import";

const looks: Record<Connection, { word: string; title: string; dot: string }> = {
  live: { word: "Live", title: "Changes appear as they happen.", dot: "bg-accent" },
  polling: {
    word: "Every 3 s",
    title: "Live events do not come through; this page asks every 3 seconds.",
    dot: "bg-info",
  },
  lost: {
    word: "Reconnecting",
    title: "The connection to Ferry is lost. The import goes on without this page, which catches up by itself.",
    dot: "bg-warn",
  },
  offline: {
    word: "Offline",
    title: "This browser has no network. The import goes on without this page, which catches up by itself.",
    dot: "bg-bad",
  },
  ended: { word: "Final", title: "The import has ended; nothing changes any more.", dot: "bg-line-strong" },
  gone: { word: "Gone", title: "This import may not be read any more.", dot: "bg-bad" },
};

/** It stands at the end of a line, so that a longer word moves nothing. */
export function ConnectionMark({ connection }: { connection: Connection }) {
  const { word, title, dot } = looks[connection];
  return (
    <output title={title} className="inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-quiet">
      <span aria-hidden className={classes("size-1.5 rounded-full", dot)} />
      {word}
    </output>
  );
}
