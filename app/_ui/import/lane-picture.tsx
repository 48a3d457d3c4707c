"use client";

import { formatDuration, formatNoun, formatOffset, formatPercent } from "../format";
import type { DrawnBlock, DrawnLane, WorkColour } from "./lane-layout";

export const workWords: Record<WorkColour, string> = {
  schema: "Schema",
  copy: "Copy",
  index: "Indexes",
  constraint: "Constraints",
  verify: "Verification",
  other: "Sequences, views, statistics",
};

export const LANE_HEIGHT = 20;
export const LANE_GAP = 6;
const AXIS_HEIGHT = 18;
/** A label further right would stick out. */
const LAST_LABEL = 0.97;

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

export function LanePicture({ lanes, ticks }: { lanes: DrawnLane[]; ticks: { at: number }[] }) {
  const height = lanes.length * (LANE_HEIGHT + LANE_GAP);
  const summary = lanes
    .map((lane) => `lane ${lane.lane}: ${formatNoun(lane.units, "unit")}, busy ${formatPercent(lane.busy)} of the time`)
    .join("; ");
  return (
    <svg role="img" aria-label={`Work over time. ${summary}`} width="100%" height={height} className="block">
      {ticks.map((tick) => (
        <line
          key={tick.at}
          x1={percent(tick.at)}
          x2={percent(tick.at)}
          y1="0"
          y2={height}
          stroke="var(--line)"
          strokeDasharray="2 3"
        />
      ))}
      {lanes.map((lane, row) => {
        const y = row * (LANE_HEIGHT + LANE_GAP);
        return (
          <g key={lane.lane}>
            <rect x="0" y={y} width="100%" height={LANE_HEIGHT} rx="3" fill="var(--raised)" opacity="0.6" />
            {lane.blocks.map((block) => (
              <Block key={`${block.start}-${block.subject}`} block={block} y={y} />
            ))}
          </g>
        );
      })}
    </svg>
  );
}

function Block({ block, y }: { block: DrawnBlock; y: number }) {
  const what = block.units === 1 ? block.subject : `${formatNoun(block.units, "unit")}, the first ${block.subject}`;
  return (
    <rect
      x={percent(block.start)}
      y={y}
      height={LANE_HEIGHT}
      rx="2"
      fill={`var(--work-${block.colour})`}
      // A line in the colour of the ground parts neighbours of one colour.
      stroke="var(--panel)"
      strokeWidth={block.width > 0.004 ? 1 : 0}
      opacity={block.isRunning ? 0.75 : 1}
      style={{ width: `max(1px, ${percent(block.width)})` }}
      className="hover:opacity-80"
    >
      {/* One text: React would part several by comments, which a title of SVG shows. */}
      <title>{`${workWords[block.colour]}: ${what}, ${formatDuration(block.durationMs)}${block.isRunning ? " so far" : ""}`}</title>
    </rect>
  );
}

/** Text of the picture, not of the page: it moves all the time, and nothing else has to make room. */
export function LaneAxis({ ticks, spanMs }: { ticks: { at: number; offsetMs: number }[]; spanMs: number }) {
  const isShort = spanMs < 10_000;
  return (
    <svg aria-hidden="true" width="100%" height={AXIS_HEIGHT} className="block overflow-visible fill-quiet text-xs">
      {ticks.map((tick, place) => (
        <text
          key={tick.offsetMs}
          x={percent(tick.at)}
          y={AXIS_HEIGHT - 4}
          textAnchor={place === 0 ? "start" : "middle"}
          className={place % 2 === 1 ? "max-sm:hidden" : undefined}
        >
          {tick.at > LAST_LABEL ? "" : isShort ? `${tick.offsetMs / 1_000} s` : formatOffset(tick.offsetMs)}
        </text>
      ))}
    </svg>
  );
}
