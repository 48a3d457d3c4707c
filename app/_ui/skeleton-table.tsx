import type { ReactNode } from "react";
import { classes } from "./classes";
import { Skeleton } from "./skeleton";

interface SkeletonTableProps {
  word: string;
  /** The head that the table itself has. */
  head: ReactNode;
  rows: number;
  /** A row's height. */
  className: string;
  /** The cells of a row. */
  children: (place: number) => ReactNode;
}

/** A table while its rows are read. */
export function SkeletonTable({ word, head, rows, className, children }: SkeletonTableProps) {
  return (
    <Skeleton word={word} className="overflow-hidden rounded-md border bg-panel">
      <table aria-hidden className="w-full table-fixed text-left text-sm">
        {head}
        <tbody>
          {Array.from({ length: rows }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are nothing but their places.
            <tr key={place} className={classes("border-b border-line/60 last:border-0 *:px-4", className)}>
              {children(place)}
            </tr>
          ))}
        </tbody>
      </table>
    </Skeleton>
  );
}
