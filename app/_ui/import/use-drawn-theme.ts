"use client";

import { useSyncExternalStore } from "react";

const DARK = "(prefers-color-scheme: dark)";

function subscribe(onChange: () => void): () => void {
  const chosen = new MutationObserver(onChange);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = window.matchMedia(DARK);
  system.addEventListener("change", onChange);
  return () => {
    chosen.disconnect();
    system.removeEventListener("change", onChange);
  };
}

const drawn = () => document.documentElement.dataset.theme ?? (window.matchMedia(DARK).matches ? "dark" : "light");

/** `dark` or `light`, for what is drawn by script; on the server nothing is. */
export function useDrawnTheme(): string {
  return useSyncExternalStore(subscribe, drawn, () => "dark");
}
