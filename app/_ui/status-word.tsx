import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from "lucide-react";
import type { ImportStatus } from "@/lib/imports/status";
import { Spinner } from "./button";
import { classes } from "./classes";

export interface WordLook {
  word: string;
  Mark: LucideIcon | typeof Spinner;
  tone: string;
}

const looks: Record<ImportStatus, WordLook> = {
  draft: { word: "Not started", Mark: CircleDashed, tone: "text-quiet" },
  blocked: { word: "Blocked", Mark: OctagonAlert, tone: "text-warn-text" },
  queued: { word: "Queued", Mark: Clock, tone: "text-info-text" },
  running: { word: "Importing", Mark: Spinner, tone: "text-accent-text" },
  paused: { word: "Paused", Mark: CirclePause, tone: "text-info-text" },
  succeeded: { word: "Succeeded", Mark: CircleCheck, tone: "text-accent-text" },
  differences: { word: "Differences", Mark: TriangleAlert, tone: "text-bad-text" },
  failed: { word: "Failed", Mark: CircleX, tone: "text-bad-text" },
  cancelled: { word: "Cancelled", Mark: CircleSlash, tone: "text-quiet" },
};

export function statusWord(status: ImportStatus): string {
  return looks[status].word;
}

/** The mark alone, where the word stands beside it. */
export function StatusMark({ status }: { status: ImportStatus }) {
  const { Mark, tone } = looks[status];
  return (
    <span className={classes("mt-1 shrink-0", tone)}>
      <Mark aria-hidden="true" className="size-4" />
    </span>
  );
}

export function StatusWord({ status }: { status: ImportStatus }) {
  return <MarkedWord {...looks[status]} />;
}

/** Mark and word, never colour alone. */
export function MarkedWord({ word, Mark, tone }: WordLook) {
  return (
    <span className={classes("flex items-center gap-1.5 whitespace-nowrap text-sm font-medium", tone)}>
      <Mark aria-hidden="true" className="size-3.5 shrink-0" />
      {word}
    </span>
  );
}
