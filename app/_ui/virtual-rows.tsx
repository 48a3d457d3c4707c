"use client";

import { type ReactNode, useState } from "react";

interface VirtualRowsProps {
  count: number;
  rowHeight: number;
  /** Rows beyond this height scroll. */
  maxHeight: number;
  /** A row that has the focus: it stays in the page however far it is scrolled away, and a keyboard moves from there. */
  kept?: number;
  /** Draws the `<tr>` at a place, with a key; it has the height of a row. */
  children: (place: number) => ReactNode;
}

/** Rows drawn beyond either edge, so that a quick scroll does not outrun the drawing. */
const OVERSCAN = 12;

/**
 * The body of a table of blocks, of which only the rows in sight are in the page. All rows have one height, so which
 * these are is one division; a library that measures rows would be a twelfth of the status page's scripts.
 */
export function VirtualRows({ count, rowHeight, maxHeight, kept, children }: VirtualRowsProps) {
  const [scrolledTo, setScrolledTo] = useState(0);
  const seen = Math.ceil(maxHeight / rowHeight);
  // A filter may leave fewer rows than were scrolled past; the browser tells of it after they are drawn.
  const top = Math.min(scrolledTo, Math.max(0, count - seen));
  const from = Math.max(0, top - OVERSCAN);
  const until = Math.min(count, top + seen + OVERSCAN);
  const places = Array.from({ length: until - from }, (_, index) => from + index);
  if (kept !== undefined && kept < from) places.unshift(kept);
  if (kept !== undefined && kept >= until && kept < count) places.push(kept);
  return (
    <tbody
      onScroll={(event) => setScrolledTo(Math.floor(event.currentTarget.scrollTop / rowHeight))}
      // What scrolls must take the focus, or a keyboard cannot scroll it; unless a row in it does.
      tabIndex={kept === undefined && count * rowHeight > maxHeight ? 0 : undefined}
      className="block overflow-y-auto overscroll-contain"
      style={{ height: Math.min(count * rowHeight, maxHeight) }}
    >
      {withGaps(places, count).map((item) =>
        "place" in item ? (
          children(item.place)
        ) : (
          <tr key={item.key} aria-hidden className="block" style={{ height: item.rows * rowHeight }} />
        ),
      )}
    </tbody>
  );
}

/** In one list, so that a row keeps its element, and with it the focus, when it comes into sight. */
function withGaps(places: readonly number[], count: number): ({ place: number } | { key: string; rows: number })[] {
  const items: ReturnType<typeof withGaps> = [];
  let reached = 0;
  for (const place of places) {
    if (place > reached) items.push({ key: `gap ${items.length}`, rows: place - reached });
    items.push({ place });
    reached = place + 1;
  }
  if (count > reached) items.push({ key: "gap below", rows: count - reached });
  return items;
}
