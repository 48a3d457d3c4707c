"use client";

import { classes } from "./classes";
import { CopyButton } from "./copy-button";

/** A statement or command to be taken elsewhere. */
interface CodeBlockProps {
  text: string;
  label: string;
  /** For what is read rather than typed: long lines go on below. */
  wraps?: boolean;
}

export function CodeBlock({ text, label, wraps = false }: CodeBlockProps) {
  return (
    <div className="relative rounded-md border bg-page">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or a keyboard cannot scroll it.
        tabIndex={0}
        className={classes(
          "max-h-64 overflow-auto py-3 pr-24 pl-3 font-mono text-xs leading-5",
          wraps && "break-words whitespace-pre-wrap",
        )}
      >
        <code>{text}</code>
      </pre>
      <div className="absolute top-1 right-1">
        <CopyButton text={text} label="Copy" look="quiet" title={label} />
      </div>
    </div>
  );
}
