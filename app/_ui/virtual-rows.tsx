"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";

interface VirtualRowsProps {
  count: number;
  rowHeight: number;
  /** Rows beyond this height scroll. */
  maxHeight: number;
  keyOf: (place: number) => string | number;
  /** Draws the `<tr>` at a place; it has the height of a row. */
  children: (place: number) => ReactNode;
}

const FIRST_WIDTH = 800;
const OVERSCAN = 12;

/** The body of a table of blocks, of which only the rows in sight are in the page. */
export function VirtualRows({ count, rowHeight, maxHeight, keyOf, children }: VirtualRowsProps) {
  const scroller = useRef<HTMLTableSectionElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: OVERSCAN,
    // The server has no element to measure: it draws what will be in sight.
    initialRect: { width: FIRST_WIDTH, height: maxHeight },
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <tbody
      ref={scroller}
      // What scrolls must take the focus, or a keyboard cannot scroll it.
      tabIndex={count * rowHeight > maxHeight ? 0 : undefined}
      className="block overflow-y-auto overscroll-contain"
      style={{ height: Math.min(count * rowHeight, maxHeight) }}
    >
      <tr aria-hidden className="block" style={{ height: above }} />
      {items.map((item) => children(item.index))}
      <tr aria-hidden className="block" style={{ height: below }} />
    </tbody>
  );
}
