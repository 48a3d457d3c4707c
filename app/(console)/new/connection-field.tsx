"use client";

import { CircleX } from "lucide-react";
import { useId, useMemo, useRef, useState } from "react";
import { classes } from "@/app/_ui/classes";
import type { Explanation } from "@/lib/errors/describe";
import { PartFields } from "./part-fields";
import { readPaste } from "./read-paste";

interface ConnectionFieldProps {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
  error: Explanation | null;
  /** Says what cannot be read only after the field was left: nobody has typed a whole address at the first letter. */
  wasLeft: boolean;
  onLeave: () => void;
  rows: number;
}

export function ConnectionField(props: ConnectionFieldProps) {
  const { label, hint, value, onChange, error, wasLeft, onLeave, rows } = props;
  const id = useId();
  const reading = useMemo(() => readPaste(value), [value]);
  const [isEditing, setEditing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const place = reading.kind === "unreadable" ? reading.place : null;
  const sentence = error?.what ?? (wasLeft && reading.kind === "unreadable" ? reading.sentence : null);
  return (
    <div>
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
        onBlur={onLeave}
        rows={rows}
        required
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        placeholder="postgres://user:password@host:5432/database"
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
          reading.kind === "understood" && (
            <>
              <dl className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
                {reading.parts.map(({ word, value: part }) => (
                  <div key={word} className="flex min-w-0 gap-1.5">
                    <dt className="text-quiet">{word}</dt>
                    <dd className="break-all">{part}</dd>
                  </div>
                ))}
              </dl>
              {reading.notes.length > 0 && (
                <ul className="mt-2 max-w-prose space-y-1 text-xs text-quiet">
                  {reading.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              )}
            </>
          )
        )}
      </div>
      {reading.kind === "understood" && (
        <details className="mt-1 text-sm" onToggle={(event) => setEditing(event.currentTarget.open)}>
          <summary className="w-fit cursor-pointer text-xs text-quiet hover:text-text">Edit the parts</summary>
          {isEditing && <PartFields spec={reading.spec} onChange={onChange} />}
        </details>
      )}
    </div>
  );
}
