"use client";

import { CopyButton } from "./copy-button";
import { inputClasses } from "./field";

/** What is shown this once: a link or a token of which only a digest is kept. */
export function SecretOnce({ label, text, hint }: { label: string; text: string; hint: string }) {
  return (
    <div className="space-y-1.5" role="status">
      <div className="flex gap-2">
        <input
          readOnly
          aria-label={label}
          value={text}
          onFocus={(event) => event.target.select()}
          className={`${inputClasses} min-w-0 flex-1 font-mono text-xs`}
        />
        <CopyButton text={text} />
      </div>
      <p className="text-xs text-quiet">{hint}</p>
    </div>
  );
}
