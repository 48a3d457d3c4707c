"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";
import { shortcutFor } from "./shortcut-keys";

const ShortcutsDialog = lazy(() => import("./shortcuts-dialog"));

/** How soon the second key of two has to come. */
const SOON_MS = 1_000;

/** Keys that do something on every page. They mean nothing where one types or chooses, nor under a dialog. */
export function Shortcuts() {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    let before: { key: string; at: number } | null = null;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      const recent = before && event.timeStamp - before.at < SOON_MS ? before.key : null;
      before = { key: event.key, at: event.timeStamp };
      const act = shortcutFor(event.key, recent);
      if (!act) return;
      event.preventDefault();
      if ("show" in act) setOpen(true);
      else if ("search" in act) document.querySelector<HTMLInputElement>("main input[type=search]")?.focus();
      else router.push(act.href);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router]);

  return <Suspense>{isOpen && <ShortcutsDialog onClose={() => setOpen(false)} />}</Suspense>;
}

const isTaken = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null;
