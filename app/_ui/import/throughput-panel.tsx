"use client";

import { Suspense, useState } from "react";
import type { ThroughputView } from "@/lib/imports/view";
import { formatCount, formatOffset, formatRate } from "../format";
import { loadLater } from "../load-later";
import { Panel } from "../panel";
import { fastest, ratesAt, rateWords } from "./throughput-words";

// The library that draws it comes after the page is there.
const ThroughputChart = loadLater(() => import("./throughput-chart"));

/** How fast data came, over time. The place is kept from the start, so nothing moves when the chart is there. */
export function ThroughputPanel({ throughput, isOver }: { throughput: ThroughputView | null; isOver: boolean }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const top = throughput && fastest(throughput);
  const isEmpty = !top || top.bytesPerSecond + top.rowsPerSecond === 0;
  const step = throughput && pointed !== null && pointed < throughput.bytesPerSecond.length ? pointed : null;
  const shown = isEmpty ? null : throughput && step !== null ? ratesAt(throughput, step) : top;
  return (
    <Panel
      title="Throughput"
      note={isEmpty ? null : !throughput || step === null ? "fastest" : `at ${formatOffset(step * throughput.stepMs)}`}
      actions={
        <dl className="flex gap-x-4 text-xs text-quiet">
          <Rate word="Data" colour="var(--accent)" value={shown ? formatRate(shown.bytesPerSecond) : "–"} />
          <Rate word="Rows" colour="var(--info)" value={shown ? `${formatCount(shown.rowsPerSecond)}/s` : "–"} />
        </dl>
      }
    >
      {throughput && !isEmpty ? (
        <div
          role="img"
          aria-label={`Throughput over ${formatOffset(throughput.spanMs)}. At the fastest ${rateWords(top)}.`}
          className="h-44 px-2 pt-3 pb-1"
        >
          <Suspense>
            <ThroughputChart throughput={throughput} onPoint={setPointed} />
          </Suspense>
        </div>
      ) : (
        <p className="grid h-44 place-items-center px-4 text-center text-sm text-quiet">
          {isOver ? "No data came." : "How fast data comes is drawn here once the first rows are on their way."}
        </p>
      )}
    </Panel>
  );
}

/** Wide enough for any number, so that nothing moves as it changes. */
function Rate({ word, colour, value }: { word: string; colour: string; value: string }) {
  return (
    <div className="flex items-center gap-1.5">
      <span aria-hidden className="h-0.5 w-3" style={{ background: colour }} />
      <dt>{word}</dt>
      <dd className="min-w-20 text-text">{value}</dd>
    </div>
  );
}
