"use client";

import { CircleX } from "lucide-react";
import { type ClipboardEvent, useEffect, useId, useRef } from "react";
import type { Explanation } from "@/lib/errors/describe";
import { AddressWords } from "./address-words";
import { type EnteredParts, fieldOf, readEntered, saidOf } from "./entered-parts";
import { PART_WORDS, PartGrid } from "./part-grid";
import { readAddressOf, readPaste } from "./read-paste";

interface EnteredFieldsProps {
  /** Of which connection. */
  legend: string;
  hint: string;
  parts: EnteredParts;
  tries: number;
  isWithoutPassword: boolean;
  error: Explanation | null;
  onChange: (changed: Partial<EnteredParts>) => void;
  /** Somebody has a connection string after all. */
  onPasteWhole: (text: string) => void;
}

/** Empty fields for who has no connection string. */
export function EnteredFields(props: EnteredFieldsProps) {
  const { legend, hint, parts, tries, isWithoutPassword, error, onChange, onPasteWhole } = props;
  const id = useId();
  const fields = useRef<HTMLFieldSetElement>(null);
  const reading = readEntered(parts);
  const refused = error && fieldOf(error.code);

  useEffect(() => {
    if (tries > 0) fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [tries]);

  function paste(event: ClipboardEvent): void {
    const text = event.clipboardData.getData("text");
    if (!text.includes("://") || readPaste(text).kind !== "understood") return;
    event.preventDefault();
    onPasteWhole(text);
  }

  const words = "spec" in reading ? readAddressOf(reading.spec) : null;
  return (
    <fieldset ref={fields} aria-describedby={`${id}-hint`} onPaste={paste}>
      <legend className="font-medium">{legend}</legend>
      <p id={`${id}-hint`} className="mt-0.5 mb-3 text-sm text-quiet">
        {hint}
      </p>
      <PartGrid
        values={parts}
        // What nobody has come to yet is not wrong.
        problems={"spec" in reading ? {} : tries > 0 ? reading.problems : saidOf(reading.problems, parts)}
        refused={refused ? { name: refused, by: `${id}-word` } : undefined}
        placeholders={{ host: "db.example.com", port: "5432", database: parts.user.trim() || "as the user is called" }}
        hints={isWithoutPassword ? { password: "Enter it again: the browser does not keep it." } : {}}
        onChange={onChange}
      />
      <div id={`${id}-word`} className="min-h-6 text-sm">
        {error ? (
          <p role="alert" className="flex gap-2 text-bad-text">
            <CircleX aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 break-words">
              {refused && `${PART_WORDS[refused]}: `}
              {error.what} <span className="text-quiet">{error.remedy}</span>
            </span>
          </p>
        ) : (
          words && <AddressWords {...words} />
        )}
      </div>
    </fieldset>
  );
}
