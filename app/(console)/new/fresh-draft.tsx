"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Readings of a draft that this tab has shown. */
const shown = new Set<string>();

/**
 * Going back, the router shows a step as it was when it was left, from whatever page one comes: what has been chosen
 * or tried since is read anew. Each reading has an id of its own, so one that comes twice is an old one.
 */
export function FreshDraft({ reading }: { reading: string }) {
  const router = useRouter();
  useEffect(() => {
    if (shown.has(reading)) router.refresh();
    shown.add(reading);
  }, [reading, router]);
  return null;
}
