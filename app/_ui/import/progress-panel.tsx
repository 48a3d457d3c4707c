"use client";

import { Check, Minus } from "lucide-react";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { classes } from "../classes";
import { useNow } from "../clock";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatOffset,
  formatPercent,
  formatRate,
  formatTimeLeft,
} from "../format";
import { ProgressBar } from "../progress-bar";
import { type PhaseStep, phaseSteps } from "./phase-steps";

/** How far, how fast, how long: the bar, the numbers, the phases. */
export function ProgressPanel({ view }: { view: ImportView }) {
  const { progress, status } = view;
  const isStopped = status === "failed" || status === "differences";
  const isQuiet = status === "cancelled" || status === "paused";
  const tone = isStopped ? "bad" : isQuiet ? "quiet" : "accent";
  return (
    <section aria-label="Progress" className="rounded-md border bg-panel">
      <div className="flex items-center gap-4 px-4 pt-4">
        <ProgressBar fraction={progress.fraction} label="Import" tone={tone} className="h-2 flex-1" />
        <span className="w-12 text-right text-lg font-semibold">{formatPercent(progress.fraction)}</span>
      </div>
      <Figures view={view} />
      <ol
        aria-label="Phases"
        className="grid border-t sm:grid-cols-[1fr_1fr_1fr_1.5fr_1.2fr] max-sm:divide-y sm:divide-x"
      >
        {phaseSteps(view).map((step) => (
          <Phase key={step.phase} step={step} isBad={isStopped} />
        ))}
      </ol>
    </section>
  );
}

function Figures({ view }: { view: ImportView }) {
  const { progress, status, startedAt, finishedAt, now } = view;
  const isOver = hasEnded(status);
  const copies = view.work.find((work) => work.kind === "copy");
  // What COPY sends is not as long as what a table takes: once all is there, only what came is told.
  const isPaused = status === "paused";
  const isCopied = isOver || (copies !== undefined && copies.done === copies.total);
  const nowMs = useNow(now, !isOver);
  const startMs = startedAt ? Date.parse(startedAt) : null;
  const endMs = finishedAt ? Date.parse(finishedAt) : nowMs;
  const passedMs = startMs === null ? null : endMs - startMs;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 px-4 py-4 sm:grid-cols-3 lg:grid-cols-5">
      <Figure
        word="Data"
        value={formatBytes(progress.bytesDone)}
        of={isCopied || progress.bytesExpected === 0 ? null : formatBytes(progress.bytesExpected)}
      />
      <Figure
        word="Rows"
        value={formatCount(progress.rowsDone)}
        of={isCopied || progress.rowsExpected === 0 ? null : formatCount(progress.rowsExpected)}
      />
      <Figure word={isOver || isPaused ? "Average rate" : "Rate"} value={rateOf(view, passedMs ?? 0)} />
      {isOver ? (
        <Figure word="Tables" value={formatCount(view.tables.length)} />
      ) : isPaused ? (
        <Figure word="Time left" value="paused" />
      ) : (
        <Figure word="Time left" value={formatTimeLeft(progress.secondsLeft)} />
      )}
      <Figure
        word={isOver ? "Took" : isPaused ? "Ran for" : "Running for"}
        value={
          passedMs === null ? "not started" : isOver || isPaused ? formatDuration(passedMs) : formatOffset(passedMs)
        }
      />
    </dl>
  );
}

function rateOf({ progress, status }: ImportView, passedMs: number): string {
  const isUnderWay = !hasEnded(status) && status !== "paused";
  if (isUnderWay) return progress.bytesPerSecond === null ? "measuring" : formatRate(progress.bytesPerSecond);
  return passedMs > 0 && progress.bytesDone > 0 ? formatRate(progress.bytesDone / (passedMs / 1_000)) : "–";
}

function Figure({ word, value, of = null }: { word: string; value: string; of?: string | null }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-quiet">{word}</dt>
      <dd className="truncate whitespace-nowrap">
        <span className="font-medium">{value}</span>
        {of && <span className="text-sm text-quiet"> of {of}</span>}
      </dd>
    </div>
  );
}

const stateWords: Record<PhaseStep["state"], string> = {
  done: "done",
  current: "under way",
  ahead: "to come",
  stopped: "stopped",
};

function Phase({ step, isBad }: { step: PhaseStep; isBad: boolean }) {
  const { word, state, units } = step;
  return (
    <li aria-current={state === "current" ? "step" : undefined} className="flex items-center gap-2 px-4 py-2.5 text-sm">
      <PhaseMark state={state} isBad={isBad} />
      <span
        className={classes("min-w-0 truncate", state === "ahead" && "text-quiet", state === "current" && "font-medium")}
      >
        {word}
      </span>
      <span className="sr-only">{stateWords[state]}</span>
      {units && state !== "done" && (
        <span className="ml-auto text-xs whitespace-nowrap text-quiet sm:max-xl:hidden">
          {formatCount(units.done)} of {formatCount(units.total)}
        </span>
      )}
    </li>
  );
}

function PhaseMark({ state, isBad }: { state: PhaseStep["state"]; isBad: boolean }) {
  const box = "grid size-4 shrink-0 place-items-center rounded-full border";
  if (state === "done") {
    return (
      <span aria-hidden className={classes(box, "border-transparent bg-accent-soft text-accent-text")}>
        <Check className="size-3" strokeWidth={3} />
      </span>
    );
  }
  if (state === "stopped") {
    return (
      <span aria-hidden className={classes(box, isBad ? "border-transparent bg-bad-soft text-bad-text" : "text-quiet")}>
        <Minus className="size-3" strokeWidth={3} />
      </span>
    );
  }
  return (
    <span aria-hidden className={classes(box, state === "current" ? "border-accent" : "border-line-strong")}>
      {state === "current" && <span className="size-1.5 animate-pulse rounded-full bg-accent" />}
    </span>
  );
}
