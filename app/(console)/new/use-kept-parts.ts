"use client";

import { useEffect, useState } from "react";
import { type EnteredParts, keepableParts, NO_PARTS, readKeptParts } from "./entered-parts";
import { findKept, forget, keep } from "./kept";

/** Fields for a connection, of which this tab keeps all but the password; and whether they are what is shown. */
export function useKeptParts(name: string | null) {
  const [parts, setOwn] = useState(NO_PARTS);
  const [isOpen, setOpen] = useState(false);
  /** Kept without the password that was there. */
  const [lostPassword, setLostPassword] = useState(false);

  // The server has not seen it, so it comes after the first drawing.
  useEffect(() => {
    const kept = name === null ? null : readKeptParts(findKept(name));
    if (!kept) return;
    setOwn(kept.parts);
    setOpen(kept.isOpen);
    setLostPassword(kept.hadPassword);
  }, [name]);

  function keepAll(next: EnteredParts, isShown: boolean): void {
    if (name === null) return;
    const hadPassword = next.password !== "" || lostPassword;
    keep(name, { isOpen: isShown, parts: keepableParts(next), hadPassword });
  }

  return {
    parts,
    isOpen,
    isWithoutPassword: lostPassword && parts.password === "",
    change(changed: Partial<EnteredParts>): void {
      const next = { ...parts, ...changed };
      setOwn(next);
      keepAll(next, isOpen);
    },
    open(isShown: boolean): void {
      setOpen(isShown);
      keepAll(parts, isShown);
    },
    forget: () => name !== null && forget(name),
  };
}
