"use client";

import { useLinkStatus } from "next/link";
import { Spinner } from "./button";
import { classes } from "./classes";

/** Within a link: says that its page is on the way. It takes its place from the start, so nothing moves. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={classes("ml-auto transition-opacity delay-150", pending ? "opacity-100" : "opacity-0")}
    >
      <Spinner />
    </span>
  );
}
