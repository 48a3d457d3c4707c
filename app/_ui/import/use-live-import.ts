"use client";

import { useEffect, useState } from "react";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { followImport, type Link } from "./follow-import";
import { applyChange } from "./view-change";

export type Connection = Link | "ended";

/** Whether what is shown is of now. */
export interface Liveness {
  connection: Connection;
  /** When Ferry was last heard, by the browser's clock. */
  heardAtMs: number;
}

/** An import as it is now, from the reading that the page came with onwards. */
export function useLiveImport(initial: ImportView, address: string): { view: ImportView; liveness: Liveness } {
  const [seen, setSeen] = useState(initial);
  const [view, setView] = useState(initial);
  const [link, setLink] = useState<{ link: Link; heardAtMs: number }>({ link: "live", heardAtMs: 0 });
  // The page was read again, after an action: what it says now is newer than what events have told.
  if (seen !== initial) {
    setSeen(initial);
    setView(initial);
  }
  const isOver = hasEnded(view.status);

  useEffect(() => {
    if (isOver) return;
    const stop = new AbortController();
    void followImport(address, stop.signal, {
      onView: setView,
      onChange: (change) => setView((before) => applyChange(before, change)),
      onLink: (link, heardAtMs) => setLink({ link, heardAtMs }),
    });
    return () => stop.abort();
  }, [address, isOver]);

  return { view, liveness: { connection: isOver ? "ended" : link.link, heardAtMs: link.heardAtMs } };
}
