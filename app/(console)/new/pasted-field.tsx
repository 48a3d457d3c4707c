"use client";

import { CircleX } from "lucide-react";
import { type ReactNode, useId, useMemo, useRef, useState } from "react";
import { classes } from "@/app/_ui/classes";
import type { Explanation } from "@/lib/errors/describe";
import { AddressWords } from "./address-words";
import { PartFields } from "./part-fields";
import { type Reading, readPaste } from "./read-paste";

interface PastedFieldProps {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
  error: Explanation | null;
  rows: number;
  /** It was to be sent. */
  isTried: boolean;
  /** In place of the parts, while nothing is understood. */
  children: ReactNode;
}

/** One field for whatever there is: it says as one types what it understands, or where it does not. */
export function PastedField({ label, hint, value, onChange, error, rows, isTried, children }: PastedFieldProps) {
  const id = useId();
  const reading = useMemo(() => readPaste(value), [value]);
  const [isEditing, setEditing] = useState(false);
  // Says what cannot be read only after the field was left: nobody has typed a whole address at the first letter.
  const [wasLeft, setLeft] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const place = reading.kind === "unreadable" ? reading.place : null;
  const sentence = error?.what ?? sentenceOf(reading, wasLeft, isTried);
  return (
    <>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <p id={`${id}-hint`} className="mt-0.5 text-sm text-quiet">
        {hint}
      </p>
      <textarea
        ref={field}
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => setLeft(true)}
        rows={rows}
        required
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        placeholder="postgres://user:password@host/db"
        aria-describedby={`${id}-hint ${id}-word`}
        aria-invalid={sentence !== null}
        className={classes(
          "mt-2 block w-full resize-y rounded-md border bg-page px-3 py-2 font-mono text-sm break-all placeholder:text-quiet",
          sentence === null ? "border-line-strong" : "border-bad",
        )}
      />
      <div id={`${id}-word`} className="mt-2 min-h-6 text-sm">
        {sentence !== null ? (
          <div role="alert" className="flex gap-2 text-bad-text">
            <CircleX aria-hidden className="mt-0.5 size-4 shrink-0" />
            <p className="min-w-0 break-words">
              {sentence} {error && <span className="text-quiet">{error.remedy}</span>}
              {place && (
                <button
                  type="button"
                  className="ml-1 underline underline-offset-2"
                  onClick={() => {
                    field.current?.focus();
                    field.current?.setSelectionRange(place.from, place.to);
                  }}
                >
                  Show it
                </button>
              )}
            </p>
          </div>
        ) : (
          reading.kind === "understood" && <AddressWords parts={reading.parts} notes={reading.notes} />
        )}
      </div>
      {reading.kind !== "understood" ? (
        children
      ) : (
        <details className="mt-1 text-sm" onToggle={(event) => setEditing(event.currentTarget.open)}>
          <summary className="w-fit rounded-sm text-xs text-quiet underline decoration-line-strong underline-offset-2 hover:text-text">
            Edit the parts
          </summary>
          {isEditing && (
            <div className="mt-3">
              <PartFields spec={reading.spec} onChange={onChange} />
            </div>
          )}
        </details>
      )}
    </>
  );
}

/** What stands in the way of what is in the field, once one may say so. */
function sentenceOf(reading: Reading, wasLeft: boolean, isTried: boolean): string | null {
  if (reading.kind === "unreadable") return wasLeft || isTried ? reading.sentence : null;
  return reading.kind === "empty" && isTried ? "Paste a connection string, or enter its parts." : null;
}
