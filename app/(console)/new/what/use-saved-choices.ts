"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Explanation } from "@/lib/errors/describe";
import { saveOptions } from "../actions";
import { type Choices, readChoices } from "../choices";
import { findKept, forget, keep } from "../kept";
import { orLost } from "../lost-connection";

/** Somebody who ticks one box after the other is not answered after each. */
const PAUSE_MS = 400;

export type SaveState = "saved" | "saving" | { error: Explanation };

/**
 * Choices of a draft, which are saved by themselves. Until the server has them they are kept in this tab as well, so
 * that neither a reload nor a lost connection takes them away.
 */
export function useSavedChoices(id: string, initial: Choices) {
  const name = `${id}:what`;
  const [choices, setOwn] = useState(initial);
  const [state, setState] = useState<SaveState>("saved");
  /** What is not on the server yet. */
  const unsaved = useRef<Choices | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const last = useRef<Promise<boolean>>(Promise.resolve(true));

  /** One after the other, so that an older answer does not come last. Tells whether the server has all of it now. */
  const save = useCallback((): Promise<boolean> => {
    window.clearTimeout(timer.current);
    last.current = last.current.then(async () => {
      const sent = unsaved.current;
      if (!sent) return true;
      setState("saving");
      const outcome = await orLost(() => saveOptions(id, sent));
      if (!outcome.ok) {
        setState({ error: outcome.error });
        return false;
      }
      if (unsaved.current === sent) {
        unsaved.current = null;
        forget(name);
        setState("saved");
      }
      return unsaved.current === null;
    });
    return last.current;
  }, [id, name]);

  const setChoices = useCallback(
    (next: Choices) => {
      setOwn(next);
      unsaved.current = next;
      keep(name, next);
      setState("saving");
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(save, PAUSE_MS);
    },
    [name, save],
  );

  useEffect(() => {
    const kept = readChoices(findKept(name));
    if (kept) setChoices(kept);
    const again = () => void save();
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
      // Whoever leaves within the pause has chosen all the same.
      void save();
    };
  }, [name, save, setChoices]);

  return { choices, setChoices, state, save };
}
