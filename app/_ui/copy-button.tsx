"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { writeClipboard } from "./clipboard";

const CONFIRMED_MS = 2_000;

interface CopyButtonProps {
  title?: string;
  /** What is copied, or where to fetch it on a click: a secret is not in the page before. */
  text: string | (() => Promise<string>);
  label?: string;
  look?: "plain" | "quiet" | "primary";
  onCopied?: () => void;
}

export function CopyButton({ text, label = "Copy", look = "plain", title, onCopied }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await writeClipboard(text);
      setState("copied");
      onCopied?.();
    } catch (error) {
      console.warn(error);
      setState("failed");
    }
  }

  // Under a dialog all but live regions is hidden from screen readers: so the name is the button's own.
  return (
    <Button look={look} onClick={copy} title={title} aria-label={label}>
      {state === "copied" ? (
        <Check aria-hidden className="size-3.5 text-accent-text" />
      ) : (
        <Copy aria-hidden className="size-3.5" />
      )}
      {/* Both words take the same place, so the button does not change its width. */}
      <span className="grid *:col-start-1 *:row-start-1">
        <span className={state === "idle" ? "" : "invisible"}>{label}</span>
        <span aria-live="polite" className={state === "idle" ? "invisible" : ""}>
          {state === "copied" ? "Copied" : state === "failed" ? "Not copied" : ""}
        </span>
      </span>
    </Button>
  );
}
