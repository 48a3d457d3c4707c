"use client";

import { Search } from "lucide-react";
import { formatCount } from "../format";
import { type TableFilter, tableFilters } from "./table-rows";

const filterWords: Record<TableFilter, string> = {
  all: "All",
  moving: "Under way",
  waiting: "Waiting",
  done: "Done",
  failed: "Failed",
};

const endedFilterWords: Partial<Record<TableFilter, string>> = { moving: "Stopped", waiting: "Not copied" };

interface TableFiltersProps {
  counts: Record<TableFilter, number>;
  chosen: TableFilter;
  isOver: boolean;
  onChoose: (filter: TableFilter) => void;
}

export function TableFilters({ counts, chosen, isOver, onChoose }: TableFiltersProps) {
  const offered = tableFilters.filter((filter) => {
    const isAlwaysThere = isOver ? filter === "all" : filter !== "failed";
    return isAlwaysThere || counts[filter] > 0;
  });
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Show tables</legend>
      {offered.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={chosen === filter}
          onClick={() => onChoose(filter)}
          className="h-7 rounded-md px-2 text-sm text-quiet hover:text-text aria-pressed:bg-raised aria-pressed:text-text"
        >
          {(isOver && endedFilterWords[filter]) || filterWords[filter]}
          <span className="ml-1.5 text-xs text-quiet">{formatCount(counts[filter])}</span>
        </button>
      ))}
    </fieldset>
  );
}

export function TableSearch({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <label className="relative max-sm:w-full">
      <span className="sr-only">Search tables</span>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-3.5 text-quiet" />
      <input
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder="Search tables"
        className="h-8 w-full rounded-md border bg-page pr-2 pl-8 text-sm placeholder:text-quiet sm:w-48"
      />
    </label>
  );
}
