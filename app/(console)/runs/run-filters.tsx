"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { choiceAddress, type RunChoice, runStatuses } from "./run-choice";

interface RunFiltersProps {
  choice: RunChoice;
  functionIds: string[];
  words: Record<string, string>;
}

/** The choice is in the address, so that it can be kept and passed on. */
export function RunFilters({ choice, functionIds, words }: RunFiltersProps) {
  const router = useRouter();
  const [isBusy, startTransition] = useTransition();
  const choose = (more: RunChoice) =>
    startTransition(() => router.push(choiceAddress({ ...choice, ...more, before: undefined })));
  return (
    <div aria-busy={isBusy} className="flex flex-wrap gap-2">
      <Select
        label="Status"
        value={choice.status ?? ""}
        options={runStatuses.map((status) => [status, words[status] ?? status])}
        onChoose={(value) => choose({ status: runStatuses.find((status) => status === value) })}
      />
      <Select
        label="Function"
        value={choice.functionId ?? ""}
        options={functionIds.map((id) => [id, id])}
        onChoose={(value) => choose({ functionId: value || undefined })}
      />
    </div>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: [string, string][];
  onChoose: (value: string) => void;
}

function Select({ label, value, options, onChoose }: SelectProps) {
  return (
    <label className="flex items-center gap-2 text-sm text-quiet">
      {label}
      <select
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className="h-8 rounded-md border border-line-strong bg-page px-2 text-text"
      >
        <option value="">All</option>
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
