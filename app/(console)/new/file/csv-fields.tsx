"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/app/_ui/button";
import { inputClasses } from "@/app/_ui/field";
import type { CsvReport } from "@/lib/files/load-csv";

const DELIMITERS = { ",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical bar" } as const;
const ENCODINGS = { UTF8: "UTF-8", LATIN1: "Latin-1", WIN1252: "Windows-1252" } as const;
const HEADERS = { yes: "Names of columns", no: "Values" } as const;

interface CsvFieldsProps {
  /** What was recognised, where it was read. */
  report: CsvReport | null;
  onRead: (options: unknown) => void;
}

/** How the file is written, for whoever knows better than what was recognised. */
export function CsvFields({ report, onRead }: CsvFieldsProps) {
  const [delimiter, setDelimiter] = useState<string>(report?.delimiter ?? ",");
  const [header, setHeader] = useState<string>(report?.hasHeader === false ? "no" : "yes");
  const [encoding, setEncoding] = useState<string>(report?.encoding ?? "UTF8");
  function submit(event: FormEvent) {
    event.preventDefault();
    onRead({ delimiter, hasHeader: header === "yes", encoding });
  }
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer text-quiet hover:text-text">Say how a CSV file is written</summary>
      <form onSubmit={submit} className="mt-3 flex flex-wrap items-end gap-3">
        <Choice label="Between fields" value={delimiter} onChange={setDelimiter} words={DELIMITERS} />
        <Choice label="First line" value={header} onChange={setHeader} words={HEADERS} />
        <Choice label="Encoding" value={encoding} onChange={setEncoding} words={ENCODINGS} />
        <Button type="submit">Read again</Button>
      </form>
    </details>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  words: Readonly<Record<string, string>>;
}

function Choice({ label, value, onChange, words }: ChoiceProps) {
  const id = useId();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)} className={inputClasses}>
        {Object.entries(words).map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
