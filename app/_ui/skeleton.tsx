import type { ReactNode } from "react";
import { classes } from "./classes";

interface SkeletonProps {
  /** What is being read, for who does not see the bars. */
  word: string;
  className?: string;
  children: ReactNode;
}

/** What is on its way, in the room that it will take. */
export function Skeleton({ word, className, children }: SkeletonProps) {
  return (
    <div aria-busy className={className}>
      <p role="status" className="sr-only">
        {word}
      </p>
      {children}
    </div>
  );
}

/** What a bar stands for: some words, a title, or something whose size its classes say. */
const SHAPES = { line: "h-2.5 rounded-sm", title: "h-4 rounded-sm", box: "rounded-md", dot: "rounded-full" };

interface BarProps {
  shape?: keyof typeof SHAPES;
  /** Its width; of a box or a dot its height too. */
  className?: string;
}

export function Bar({ shape = "line", className }: BarProps) {
  return <span aria-hidden className={classes("block bg-bar motion-safe:animate-pulse", SHAPES[shape], className)} />;
}

/** Rows of one height. Each is a little different from the one above, as rows are. */
export function BarRows({
  count,
  className,
  children,
}: {
  count: number;
  className: string;
  children: (place: number) => ReactNode;
}) {
  return (
    <div aria-hidden>
      {Array.from({ length: count }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars are nothing but their places.
        <div key={place} className={classes("border-b border-line/60 last:border-0", className)}>
          {children(place)}
        </div>
      ))}
    </div>
  );
}

/** Widths of words in a column, by row. */
const WIDTHS = ["w-3/5", "w-4/5", "w-1/2", "w-2/3", "w-3/4"];
export const widthAt = (place: number): string => WIDTHS[place % WIDTHS.length] ?? "w-1/2";
