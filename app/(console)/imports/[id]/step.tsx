"use client";

import type { ReactNode } from "react";
import { classes } from "@/app/_ui/classes";

export interface Ticked {
  isDone: boolean;
  /** Null where it is Ferry that knows whether it is done. */
  onDone: ((isDone: boolean) => void) | null;
}

interface StepProps extends Ticked {
  title: string;
  text: ReactNode;
  /** What does it. */
  children?: ReactNode;
}

/** One thing to do, with its box to tick. */
export function Step({ title, text, isDone, onDone, children }: StepProps) {
  return (
    <li className="flex gap-3 px-4 py-3">
      <input
        type="checkbox"
        aria-label={`${title}: done`}
        checked={isDone}
        disabled={onDone === null}
        onChange={(event) => onDone?.(event.target.checked)}
        className="mt-0.75 size-3.5 shrink-0 accent-accent"
      />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <p className={classes("font-medium", isDone && "text-quiet")}>{title}</p>
          <div className="text-quiet">{text}</div>
        </div>
        {children && <div className="flex min-w-0 flex-wrap gap-2">{children}</div>}
      </div>
    </li>
  );
}
