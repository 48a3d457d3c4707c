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
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-96 items-start gap-3 max-sm:basis-full">
        <input
          type="checkbox"
          aria-label={`${title}: done`}
          checked={isDone}
          disabled={onDone === null}
          onChange={(event) => onDone?.(event.target.checked)}
          className="mt-1 size-3.5 shrink-0 accent-accent"
        />
        <div className="min-w-0">
          <p className={classes("font-medium", isDone && "text-quiet")}>{title}</p>
          <div className="text-quiet">{text}</div>
        </div>
      </div>
      {children && <div className="flex flex-wrap gap-2 max-sm:pl-6.5">{children}</div>}
    </li>
  );
}
