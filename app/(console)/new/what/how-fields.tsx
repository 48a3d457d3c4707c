"use client";

import { useId, useState } from "react";
import { MAX_LANES } from "@/lib/plan/options";
import type { Choices } from "../choices";
import { OneOf, type Option } from "./fields";

interface HowFieldsProps {
  choices: Choices;
  onChange: (changed: Partial<Choices>) => void;
}

const levels: Option<Choices["verify"]>[] = [
  {
    value: "checksums",
    word: "Compare every value by checksums",
    hint: "The default up to 10 GB. Made inside both servers, under the same snapshot; rows that differ are named.",
  },
  {
    value: "counts",
    word: "Count every table on both sides",
    hint: "The default above 10 GB. Under the same snapshot; a difference is a failure.",
  },
  { value: "none", word: "None", hint: "Faster, without proof. COPY still reports what it stored." },
];

const BOX = "mt-2 h-8 rounded-md border border-line-strong bg-page px-2";

export function HowFields({ choices, onChange }: HowFieldsProps) {
  const id = useId();
  return (
    <>
      <OneOf
        legend="Verification"
        options={levels}
        isChosen={(value) => value === choices.verify}
        onChoose={(verify) => onChange({ verify })}
      >
        {choices.verify === "checksums" && (
          <label className="mt-3 flex items-start gap-2 text-sm">
            <input
              type="checkbox"
              checked={choices.valuesInClear}
              onChange={(event) => onChange({ valuesInClear: event.target.checked })}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              Show the values of rows that differ
              <span className="block text-quiet">Otherwise only their keys and columns are told.</span>
            </span>
          </label>
        )}
      </OneOf>
      <div className="grid gap-6 sm:grid-cols-2">
        <div>
          <label htmlFor={`${id}-lanes`} className="block font-medium">
            Lanes
          </label>
          <p id={`${id}-lanes-hint`} className="mt-0.5 text-sm text-quiet">
            How many tables are worked on at once. Each lane takes one connection on either side.
          </p>
          <select
            id={`${id}-lanes`}
            aria-describedby={`${id}-lanes-hint`}
            value={choices.lanes}
            onChange={(event) => onChange({ lanes: Number(event.target.value) })}
            className={`${BOX} w-24`}
          >
            {Array.from({ length: MAX_LANES }, (_, place) => place + 1).map((lanes) => (
              <option key={lanes}>{lanes}</option>
            ))}
          </select>
        </div>
        {choices.content !== "schema" && (
          <SpeedLimit
            value={choices.maxMegabytesPerSecond}
            onChange={(maxMegabytesPerSecond) => onChange({ maxMegabytesPerSecond })}
          />
        )}
      </div>
    </>
  );
}

interface SpeedLimitProps {
  value: number | null;
  onChange: (value: number | null) => void;
}

/** What is half typed is no limit yet: `0.` is on its way to `0.5`. */
function SpeedLimit({ value, onChange }: SpeedLimitProps) {
  const id = useId();
  const [text, setText] = useState(value === null ? "" : String(value));
  const isWrong = readLimit(text) === undefined;
  return (
    <div>
      <label htmlFor={id} className="block font-medium">
        Speed limit on the source
      </label>
      <p id={`${id}-hint`} className="mt-0.5 text-sm text-quiet">
        For all lanes together. Leave it empty for none; it can be changed while the import runs.
      </p>
      <span className="flex items-baseline gap-2">
        <input
          id={id}
          inputMode="decimal"
          value={text}
          aria-describedby={`${id}-hint ${id}-wrong`}
          aria-invalid={isWrong}
          autoComplete="off"
          placeholder="none"
          onChange={(event) => {
            setText(event.target.value);
            const limit = readLimit(event.target.value);
            if (limit !== undefined && limit !== value) onChange(limit);
          }}
          className={`${BOX} w-24 placeholder:text-quiet aria-invalid:border-bad`}
        />
        <span className="text-sm text-quiet">MB/s</span>
      </span>
      <p id={`${id}-wrong`} role="status" className="min-h-5 text-sm text-bad-text">
        {isWrong && "A number from 0.1 to 100,000, or nothing."}
      </p>
    </div>
  );
}

/** Null for no limit; undefined for what is none. */
function readLimit(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const number = Number(text.replace(",", "."));
  return number >= 0.1 && number <= 100_000 ? number : undefined;
}
