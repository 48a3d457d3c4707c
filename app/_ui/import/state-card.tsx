"use client";

import type { ReactNode } from "react";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { classes } from "../classes";
import { formatCount } from "../format";
import { StatusMark } from "../status-word";
import { StateWords } from "./state-words";
import type { Liveness } from "./use-live-import";

interface StateCardProps {
  view: ImportView;
  liveness: Liveness;
  /** What the state asks for, in place of what is told of one that is at work or has succeeded. */
  notice: ReactNode;
  /** The way to what has come at the end of the page. */
  way: ReactNode;
  /** It takes the same room in every state, so that none moves the page. */
  isRoomKept: boolean;
}

/** What is happening, whether it is safe, what comes next. */
export function StateCard({ view, liveness, notice, way, isRoomKept }: StateCardProps) {
  return (
    <div className={classes("grid", isRoomKept && "min-h-84 sm:min-h-48 lg:min-h-37")}>
      {notice ?? <State view={view} liveness={liveness} way={way} />}
    </div>
  );
}

function State({ view, liveness, way }: Omit<StateCardProps, "notice" | "isRoomKept">) {
  const { status, headline, options } = view;
  return (
    <section
      aria-label="State"
      className="flex justify-between gap-x-8 gap-y-4 rounded-md border bg-panel p-4 max-lg:flex-col"
    >
      <div className="flex min-w-0 gap-3 lg:flex-1">
        <StatusMark status={status} />
        <div className="min-w-0 flex-1">
          <p className="text-lg font-medium break-words">{headline}</p>
          <StateWords view={view} liveness={liveness} />
        </div>
      </div>
      {/* A foot of its own where it stands below: the words above it come in one line or in three. */}
      {(options.verify !== "none" || way) && (
        <div className="flex flex-wrap items-center gap-x-8 gap-y-3 max-lg:-mx-4 max-lg:mt-auto max-lg:border-t max-lg:px-4 max-lg:pt-3 lg:shrink-0 lg:flex-col lg:items-end">
          {options.verify !== "none" && <Compared view={view} />}
          {/* Above the figures there, which stay where they are when it comes. */}
          <div className="empty:hidden max-lg:order-first max-lg:w-full">{way}</div>
        </div>
      )}
    </section>
  );
}

function Compared({ view: { verification, tables, status } }: { view: ImportView }) {
  const { compared, objects, differences } = verification;
  const isOver = hasEnded(status);
  return (
    <dl className="flex gap-6">
      <Result
        word="Tables compared"
        value={
          tables.length === 0
            ? "–"
            : isOver
              ? formatCount(compared)
              : `${formatCount(compared)} of ${formatCount(tables.length)}`
        }
      />
      <Result word="Objects" value={objects === null ? "–" : formatCount(objects)} />
      <Result word="Differences" value={formatCount(differences.length)} />
    </dl>
  );
}

function Result({ word, value }: { word: string; value: string }) {
  return (
    <div className="min-w-16 first:min-w-24">
      <dt className="text-xs text-quiet">{word}</dt>
      <dd className="text-lg font-semibold whitespace-nowrap">{value}</dd>
    </div>
  );
}
