"use client";

import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";

const STEP = 10;

/** Speaks at most every 10 % of the way, at a pause and at the end; between, the text and so the speech does not change. */
export function Announcer({ view }: { view: ImportView }) {
  const reached = Math.floor((view.progress.fraction * 100) / STEP) * STEP;
  return (
    <p role="status" className="sr-only">
      {hasEnded(view.status) || view.status === "paused" ? view.headline : `${reached} percent`}
    </p>
  );
}
