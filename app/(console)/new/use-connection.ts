"use client";

import { useState } from "react";
import { writeConnection } from "@/lib/source/pasted/write-connection";
import { type EnteredParts, readEntered } from "./entered-parts";
import { useKeptParts } from "./use-kept-parts";
import { useKeptText } from "./use-kept-text";

/**
 * A connection as it is given: one text that was pasted, or fields for who has none. With a name, this tab keeps what
 * was typed into either.
 */
export function useConnection(name: string | null) {
  const pasted = useKeptText(name);
  const entered = useKeptParts(name === null ? null : `${name}:parts`);
  const [tries, setTries] = useState(0);
  return {
    pasted,
    entered,
    /** How often it was to be sent while something was missing: then each field says what it lacks. */
    tries,
    /** What is sent. Null where something is missing or wrong. */
    read(): string | null {
      const text = entered.isOpen ? writeEntered(entered.parts) : pasted.text.trim();
      if (text) return text;
      setTries(tries + 1);
      return null;
    },
    forget(): void {
      pasted.forgetText();
      entered.forget();
    },
  };
}

function writeEntered(parts: EnteredParts): string | null {
  const reading = readEntered(parts);
  return "spec" in reading ? writeConnection(reading.spec) : null;
}

export type Connection = ReturnType<typeof useConnection>;
