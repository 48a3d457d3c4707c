"use client";

import { useEffect, useState } from "react";
import { keepable, readKept } from "./keepable";
import { findKept, forget, keep } from "./kept";

/** A field for a connection string, of which this tab keeps all but the secrets; nothing where it has no name. */
export function useKeptText(name: string | null) {
  const [text, setOwn] = useState("");
  const [isWithoutSecret, setWithoutSecret] = useState(false);

  // The server has not seen it, so it comes after the first drawing.
  useEffect(() => {
    const kept = name === null ? null : readKept(findKept(name));
    if (!kept) return;
    setOwn((now) => now || kept.text);
    setWithoutSecret(kept.hadSecret);
  }, [name]);

  function setText(next: string): void {
    setOwn(next);
    if (name === null) return;
    const kept = keepable(next);
    if (kept?.hadSecret) setWithoutSecret(false);
    // Taken over without its password and edited on, it still lacks it.
    if (kept) keep(name, { ...kept, hadSecret: kept.hadSecret || isWithoutSecret });
    else if (next.trim() === "") forget(name);
  }

  return {
    text,
    setText,
    isWithoutSecret: isWithoutSecret && text !== "",
    forgetText: () => name !== null && forget(name),
  };
}
