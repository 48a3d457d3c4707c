"use client";

import { CopyButton } from "./copy-button";

/** A statement or command to be taken elsewhere. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="relative rounded-md border bg-page">
      <pre className="max-h-64 overflow-auto py-3 pr-24 pl-3 font-mono text-xs leading-5">
        <code>{text}</code>
      </pre>
      <div className="absolute top-1 right-1">
        <CopyButton text={text} label="Copy" look="quiet" title={label} />
      </div>
    </div>
  );
}
