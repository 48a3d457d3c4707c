import { AlertTriangle, CircleCheck, CircleX, Info } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";

export type Tone = "bad" | "warn" | "info" | "good";

const tones = {
  bad: { Mark: CircleX, box: "border-bad/40 bg-bad-soft", mark: "text-bad-text" },
  warn: { Mark: AlertTriangle, box: "border-warn/40 bg-warn-soft", mark: "text-warn-text" },
  info: { Mark: Info, box: "border-info/40 bg-info-soft", mark: "text-info-text" },
  good: { Mark: CircleCheck, box: "border-accent/40 bg-accent-soft", mark: "text-accent-text" },
} as const;

interface NoticeProps {
  tone: Tone;
  title: ReactNode;
  /** Read out at once: for what has just gone wrong, not for what was there when the page opened. */
  isAlert?: boolean;
  actions?: ReactNode;
  children?: ReactNode;
}

export function Notice({ tone, title, isAlert = false, actions, children }: NoticeProps) {
  const { Mark, box, mark } = tones[tone];
  return (
    <div
      role={isAlert ? "alert" : undefined}
      className={classes("flex flex-wrap content-start items-start gap-x-4 gap-y-3 rounded-md border p-4", box)}
    >
      <div className="flex min-w-0 flex-1 basis-72 gap-3">
        <Mark aria-hidden className={classes("mt-0.5 size-4 shrink-0", mark)} />
        <div className="min-w-0 space-y-1">
          <p className="font-medium break-words">{title}</p>
          {children && (
            <div className="space-y-1 text-sm text-quiet [&_strong]:font-medium [&_strong]:text-text">{children}</div>
          )}
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2 max-sm:pl-7">{actions}</div>}
    </div>
  );
}
