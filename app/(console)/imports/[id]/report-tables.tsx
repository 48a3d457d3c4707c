"use client";

import { CircleCheck, CircleX, Minus } from "lucide-react";
import { classes } from "@/app/_ui/classes";
import { formatBytes, formatCount } from "@/app/_ui/format";
import { VirtualRows } from "@/app/_ui/virtual-rows";
import type { ReportTable } from "@/lib/verify/report/report-schema";

const ROW_HEIGHT = 36;
const MAX_HEIGHT = 360;
const GRID = "grid grid-cols-[minmax(8rem,2fr)_6rem_6rem_5rem_6rem_minmax(8rem,2fr)] items-center gap-x-4 px-4";

const LEVELS: Record<ReportTable["compared"], string> = { checksums: "Checksums", counts: "Counted", none: "Not" };

/** Each table with its rows on both sides, and how they were compared. Those that differ come first. */
export function ReportTables({ tables }: { tables: ReportTable[] }) {
  const sorted = [...tables].sort((left, right) => Number(left.equal) - Number(right.equal));
  return (
    <div className="overflow-x-auto">
      <table aria-label="Compared tables" className="block min-w-[48rem] text-left text-sm">
        <thead className="block border-b text-xs text-quiet">
          <tr className={classes(GRID, "h-8 *:font-normal")}>
            <th scope="col">Table</th>
            <th scope="col" className="text-right">
              Source rows
            </th>
            <th scope="col" className="text-right">
              Target rows
            </th>
            <th scope="col" className="text-right">
              Size
            </th>
            <th scope="col">How</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <VirtualRows count={sorted.length} rowHeight={ROW_HEIGHT} maxHeight={MAX_HEIGHT}>
          {(place) => {
            const table = sorted[place];
            return table && <Row key={place} table={table} />;
          }}
        </VirtualRows>
      </table>
    </div>
  );
}

function Row({ table: { schema, name, rows, bytes, compared, equal, detail } }: { table: ReportTable }) {
  const Mark = !equal ? CircleX : rows ? CircleCheck : Minus;
  const result = !equal ? "Differs" : rows ? "Equal" : "";
  return (
    <tr className={classes(GRID, "h-9 border-b border-line/60")}>
      <td className="truncate" title={`${schema}.${name}`}>
        <span className="text-quiet">{schema}.</span>
        {name}
      </td>
      <td className="text-right">{rows && formatCount(rows.source)}</td>
      <td className="text-right">{rows && formatCount(rows.target)}</td>
      <td className="text-right">{formatBytes(bytes)}</td>
      <td>{LEVELS[compared]}</td>
      <td className="flex min-w-0 items-center gap-2" title={detail ?? undefined}>
        <Mark
          aria-hidden
          className={classes("size-3.5 shrink-0", !equal ? "text-bad-text" : rows ? "text-accent-text" : "text-quiet")}
        />
        <span className="truncate">{[result, detail].filter(Boolean).join(": ")}</span>
      </td>
    </tr>
  );
}
