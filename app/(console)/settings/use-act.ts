"use client";

import { useState, useTransition } from "react";
import type { Outcome } from "@/app/_server/outcome";

/** Does one thing at a time and keeps what went wrong with the last. */
export function useAct() {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, startTransition] = useTransition();
  function act<T>(verb: () => Promise<Outcome<T>>, onDone: (value: T) => void = () => {}): void {
    startTransition(async () => {
      const outcome = await verb();
      setTrouble(outcome.ok ? null : `${outcome.error.what} ${outcome.error.remedy}`);
      if (outcome.ok) onDone(outcome.value);
    });
  }
  return { act, isBusy, trouble };
}
