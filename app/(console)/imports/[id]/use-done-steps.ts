"use client";

import { useEffect, useState } from "react";

export type StepName = "copy" | "query" | "rename" | "delete" | "switch" | "compare" | "again";

const keyOf = (id: string) => `ferry-steps-${id}`;

/** What somebody has ticked off, kept in this browser: it is a note to oneself. */
export function useDoneSteps(id: string) {
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => setDone(new Set(read(id))), [id]);

  const mark = (name: StepName, isDone: boolean) => {
    const next = new Set(done);
    if (isDone) next.add(name);
    else next.delete(name);
    setDone(next);
    write(id, [...next]);
  };
  return { done, mark };
}

function read(id: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? "[]");
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch (error) {
    // A browser may refuse to keep anything, and then ticks last as long as the page.
    console.warn(error);
    return [];
  }
}

function write(id: string, names: string[]): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(names));
  } catch (error) {
    console.warn(error);
  }
}
