"use client";

import Link from "next/link";
import { Ago } from "@/app/_ui/ago";
import { Endpoint } from "@/app/_ui/endpoint";
import { formatBytes, formatDuration, formatPercent } from "@/app/_ui/format";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { StatusWord } from "@/app/_ui/status-word";
import type { ImportSummary } from "@/lib/imports/view";
import { importAddress } from "./import-address";
import { ImportsHead } from "./imports-head";

interface ImportsTableProps {
  imports: ImportSummary[];
  now: string;
  /** Whether people sign in here: then each import is somebody's. */
  hasPeople: boolean;
}

/** Made in the browser too, since what a row is made of takes ten times the room of what is in it. */
export function ImportsTable({ imports, now, hasPeople }: ImportsTableProps) {
  return (
    <div className="overflow-hidden rounded-md border bg-panel">
      <table className="w-full table-fixed text-left text-sm">
        <caption className="sr-only">Imports, newest first</caption>
        <ImportsHead hasPeople={hasPeople} />
        <tbody>
          {imports.map((item) => (
            <Row key={item.id} item={item} now={now} hasPeople={hasPeople} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ item, now, hasPeople }: { item: ImportSummary } & Omit<ImportsTableProps, "imports">) {
  const { status, startedAt, finishedAt, fraction, bytesDone } = item;
  const tone =
    status === "failed" || status === "differences"
      ? "bad"
      : status === "cancelled" || status === "paused"
        ? "quiet"
        : "accent";
  const isUnderWay = status === "queued" || status === "running" || status === "paused";
  const tookMs = startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
  return (
    <tr className="relative h-14 border-b border-line/60 last:border-0 hover:bg-raised/60 *:px-4">
      <td>
        <Link
          href={importAddress(item)}
          title={item.name}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {item.name}
        </Link>
        <span className="block truncate text-xs text-quiet md:hidden">{item.source.host}</span>
      </td>
      <td className="max-md:hidden">
        <Endpoint endpoint={item.source} />
      </td>
      <td className="max-lg:hidden">
        <Endpoint endpoint={item.target} />
      </td>
      <td>
        <StatusWord status={status} />
        {isUnderWay && <span className="block text-xs text-quiet sm:hidden">{formatPercent(fraction)}</span>}
      </td>
      <td className="max-sm:hidden">
        <span className="flex items-center gap-2">
          <ProgressBar fraction={fraction} label={`Progress of ${item.name}`} tone={tone} className="flex-1" />
          <span className="w-9 text-right text-xs text-quiet">{formatPercent(fraction)}</span>
        </span>
      </td>
      <td className="text-right max-xl:hidden">{startedAt ? formatBytes(bytesDone) : <Nothing />}</td>
      <td className="text-quiet max-sm:hidden lg:max-xl:hidden">
        {startedAt ? <Ago at={startedAt} now={now} /> : <Nothing />}
      </td>
      <td className="text-right max-xl:hidden">{tookMs === null ? <Nothing /> : formatDuration(tookMs)}</td>
      {hasPeople && <td className="truncate text-quiet max-lg:hidden">{item.by ?? "the command line"}</td>}
    </tr>
  );
}

function Nothing() {
  return (
    <span className="text-quiet">
      <span aria-hidden>–</span>
      <span className="sr-only">not yet</span>
    </span>
  );
}
