import type { LaneBlock } from "@/lib/imports/view";
import type { UnitKind } from "@/lib/plan/unit";

/** Kinds of work that share a colour on the picture. */
export const workColours = ["schema", "copy", "index", "constraint", "verify", "other"] as const;
export type WorkColour = (typeof workColours)[number];

const colourOf: Record<UnitKind, WorkColour> = {
  schema: "schema",
  copy: "copy",
  "large-objects": "copy",
  index: "index",
  constraint: "constraint",
  validate: "constraint",
  sequence: "other",
  refresh: "other",
  analyze: "other",
  post: "other",
  count: "verify",
  verify: "verify",
};

/** A block in shares of the picture's width. Neighbours too thin to be told apart are drawn as one. */
export interface DrawnBlock {
  start: number;
  width: number;
  colour: WorkColour;
  subject: string;
  units: number;
  durationMs: number;
  isRunning: boolean;
}

export interface DrawnLane {
  lane: number;
  blocks: DrawnBlock[];
  units: number;
  /** Share of the time, up to now or the end, that the lane had work. */
  busy: number;
}

export interface LanePicture {
  lanes: DrawnLane[];
  ticks: { at: number; offsetMs: number }[];
  spanMs: number;
}

interface Span {
  startMs: number;
  endMs: number;
}

const SHORTEST_SPAN_MS = 1_000;
/** About a pixel of a wide picture. */
const THINNEST = 1 / 1_200;

export function layOutLanes(blocks: readonly LaneBlock[], span: Span): LanePicture {
  const spanMs = Math.max(SHORTEST_SPAN_MS, span.endMs - span.startMs);
  const byLane = new Map<number, LaneBlock[]>();
  for (const block of blocks) {
    const list = byLane.get(block.lane);
    if (list) list.push(block);
    else byLane.set(block.lane, [block]);
  }
  const lanes = [...byLane.entries()]
    .sort(([left], [right]) => left - right)
    .map(([lane, list]) => layOutLane(lane, list, { startMs: span.startMs, endMs: span.endMs }, spanMs));
  return { lanes, ticks: ticksOf(spanMs), spanMs };
}

function layOutLane(lane: number, blocks: LaneBlock[], span: Span, spanMs: number): DrawnLane {
  const drawn: DrawnBlock[] = [];
  let busyMs = 0;
  let coveredTo = span.startMs;
  for (const block of blocks.toSorted((left, right) => left.startedAt.localeCompare(right.startedAt))) {
    const from = Math.min(Math.max(Date.parse(block.startedAt), span.startMs), span.endMs);
    const until = Math.min(Math.max(block.finishedAt ? Date.parse(block.finishedAt) : span.endMs, from), span.endMs);
    // A lane does one thing at a time; a unit taken over from a lost lane may still overlap its first attempt.
    busyMs += Math.max(0, until - Math.max(from, coveredTo));
    coveredTo = Math.max(coveredTo, until);
    add(drawn, {
      start: (from - span.startMs) / spanMs,
      width: (until - from) / spanMs,
      colour: colourOf[block.kind],
      subject: block.subject,
      units: 1,
      durationMs: until - from,
      isRunning: block.finishedAt === null,
    });
  }
  const passedMs = span.endMs - span.startMs;
  return { lane, blocks: drawn, units: blocks.length, busy: passedMs > 0 ? busyMs / passedMs : 0 };
}

function add(drawn: DrawnBlock[], block: DrawnBlock): void {
  const last = drawn.at(-1);
  const end = last ? last.start + last.width : 0;
  const isThin = last && (last.width < THINNEST || block.width < THINNEST);
  if (!last || !isThin || last.colour !== block.colour || last.isRunning || block.start - end >= THINNEST) {
    drawn.push(block);
    return;
  }
  last.width = Math.max(end, block.start + block.width) - last.start;
  last.units += block.units;
  last.durationMs += block.durationMs;
  last.isRunning = block.isRunning;
}

const STEPS_SECONDS = [
  0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400,
] as const;
const MOST_TICKS = 8;

/** Round moments on the axis; the first is the start. */
function ticksOf(spanMs: number): LanePicture["ticks"] {
  const step = (STEPS_SECONDS.find((seconds) => spanMs / (seconds * 1_000) <= MOST_TICKS) ?? 86_400) * 1_000;
  const ticks: LanePicture["ticks"] = [];
  for (let offsetMs = 0; offsetMs <= spanMs; offsetMs += step) ticks.push({ at: offsetMs / spanMs, offsetMs });
  return ticks;
}
