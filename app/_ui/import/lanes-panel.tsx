"use client";

import { useMemo } from "react";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { useNow } from "../clock";
import { formatNoun, formatPercent } from "../format";
import { Panel } from "../panel";
import { type DrawnLane, layOutLanes, workColours } from "./lane-layout";
import { LANE_GAP, LANE_HEIGHT, LaneAxis, LanePicture, workWords } from "./lane-picture";

/** Time on x, a row per lane, a block per unit: one sees where the time went. */
export function LanesPanel({ view }: { view: ImportView }) {
  const isOver = hasEnded(view.status);
  const nowMs = useNow(view.now, !isOver);
  const startMs = Date.parse(view.startedAt ?? view.now);
  const endMs = view.finishedAt ? Date.parse(view.finishedAt) : Math.max(nowMs, startMs);
  const picture = useMemo(() => layOutLanes(view.lanes, { startMs, endMs }), [view.lanes, startMs, endMs]);

  return (
    <Panel title="Lanes" note={`${formatNoun(view.lanes.length, "unit")} of work`} actions={<Legend />}>
      {picture.lanes.length === 0 ? (
        <p className="grid min-h-[124px] place-items-center px-4 text-center text-sm text-quiet">
          {isOver ? "No lane had work." : "Each unit of work appears here as a lane takes it up."}
        </p>
      ) : (
        <div className="flex min-h-[124px] gap-3 px-4 pt-4 pb-3">
          <LaneColumn lanes={picture.lanes} draw={(lane) => `Lane ${lane.lane}`} />
          <div className="min-w-0 flex-1">
            <LanePicture lanes={picture.lanes} ticks={picture.ticks} />
            <LaneAxis ticks={picture.ticks} spanMs={picture.spanMs} />
          </div>
          <LaneColumn
            lanes={picture.lanes}
            draw={(lane) => formatPercent(lane.busy)}
            title="Share of the time with work"
          />
        </div>
      )}
    </Panel>
  );
}

function LaneColumn(props: { lanes: DrawnLane[]; draw: (lane: DrawnLane) => string; title?: string }) {
  return (
    <ul
      title={props.title}
      className="shrink-0 text-right text-xs text-quiet"
      style={{ lineHeight: `${LANE_HEIGHT}px` }}
    >
      {props.lanes.map((lane) => (
        <li key={lane.lane} style={{ height: LANE_HEIGHT, marginBottom: LANE_GAP }}>
          {props.draw(lane)}
        </li>
      ))}
    </ul>
  );
}

/** All of them from the start, so that the head keeps its place as work of another kind begins. */
function Legend() {
  return (
    <ul aria-label="Colours" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-quiet">
      {workColours.map((colour) => (
        <li key={colour} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-[2px]" style={{ background: `var(--work-${colour})` }} />
          {workWords[colour]}
        </li>
      ))}
    </ul>
  );
}
