"use client";

import { type ReactNode, useState } from "react";

interface VirtualRowsProps {
  count: number;
  rowHeight: number;
  /** Rows beyond this height scroll. */
  maxHeight: number;
  /** Draws the `<tr>` at a place; it has the height of a row. */
  children: (place: number) => ReactNode;
}

/** Rows drawn beyond either edge, so that a quick scroll does not outrun the drawing. */
const OVERSCAN = 12;

/**
 * The body of a table of blocks, of which only the rows in sight are in the page. All rows have one height, so which
 * these are is one division; a library that measures rows would be a twelfth of the status page's scripts.
 */
export function VirtualRows({ count, rowHeight, maxHeight, children }: VirtualRowsProps) {
  const [scrolledTo, setScrolledTo] = useState(0);
  const seen = Math.ceil(maxHeight / rowHeight);
  // A filter may leave fewer rows than were scrolled past; the browser tells of it after they are drawn.
  const top = Math.min(scrolledTo, Math.max(0, count - seen));
  const from = Math.max(0, top - OVERSCAN);
  const until = Math.min(count, top + seen + OVERSCAN);
  const places = Array.from({ length: until - from }, (_, index) => from + index);
  return (
    <tbody
      onScroll={(event) => setScrolledTo(Math.floor(event.currentTarget.scrollTop / rowHeight))}
      // What scrolls must take the focus, or a keyboard cannot scroll it.
      tabIndex={count * rowHeight > maxHeight ? 0 : undefined}
      className="block overflow-y-auto overscroll-contain"
      style={{ height: Math.min(count * rowHeight, maxHeight) }}
    >
      <tr aria-hidden className="block" style={{ height: from * rowHeight }} />
      {places.map((place) => children(place))}
      <tr aria-hidden className="block" style={{ height: (count - until) * rowHeight }} />
    </tbody>
  );
}
