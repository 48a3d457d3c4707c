"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Explanation } from "@/lib/errors/describe";
import type { FileView } from "@/lib/files/file-view";
import { findKept, forget, keep } from "../kept";
import { askFiles, bring, FileTrouble, readAgain, sendFile } from "./send-file";

const LOOK_MS = 1_000;
const KEPT = "file";

/** The file that this tab has brought; it is found again after a reload. */
export function useFile() {
  const [view, setView] = useState<FileView | null>(null);
  const [error, setError] = useState<Explanation | null>(null);
  const [isSending, setSending] = useState(false);
  const sending = useRef(false);
  const tell = useCallback((trouble: unknown) => {
    // No answer: the next look asks again.
    if (trouble instanceof FileTrouble) setError(trouble.explanation);
    else console.warn(trouble);
  }, []);

  useEffect(() => {
    const id = findKept(KEPT);
    if (typeof id !== "string") return;
    askFiles(`/${id}`).then(setView, () => forget(KEPT));
  }, []);

  const isLoading = view?.state === "loading";
  const id = view?.id;
  useEffect(() => {
    if (!isLoading) return;
    const timer = setInterval(() => void askFiles(`/${id}`).then(setView, tell), LOOK_MS);
    return () => clearInterval(timer);
  }, [isLoading, id, tell]);

  async function choose(file: File): Promise<void> {
    if (sending.current) return;
    sending.current = true;
    setSending(true);
    setError(null);
    try {
      // The rest of one that was not sent to its end, or another one.
      const isSame = view?.state === "arriving" && view.name === file.name && view.sizeBytes === file.size;
      const begun = isSame ? view : await bring(file);
      keep(KEPT, begun.id);
      setView(begun);
      setView(await sendFile(file, begun, setView));
    } catch (trouble) {
      tell(trouble);
    } finally {
      sending.current = false;
      setSending(false);
    }
  }

  async function again(options: unknown): Promise<void> {
    setError(null);
    if (view) await readAgain(view.id, options).then(setView, tell);
  }

  /** Takes it away; what stays behind because nobody answers goes by itself after a week. */
  async function remove(): Promise<void> {
    setError(null);
    if (view) await askFiles(`/${view.id}`, { method: "DELETE" }).catch(console.warn);
    forget(KEPT);
    setView(null);
  }

  return { view, error, isSending, choose, again, remove };
}
