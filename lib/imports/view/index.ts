import type { Explanation } from "@/lib/errors/describe";
import type { ObjectNote } from "@/lib/plan/left-out";
import type { ImportOptions } from "@/lib/plan/options";
import type { UnitKind } from "@/lib/plan/unit";
import type { Finding } from "@/lib/preflight/finding";
import type { ImportStatus } from "../status";
import type { PauseView } from "./pause";

/** What pages, API and command line show of an import. Holds no secret; times are ISO 8601. */
export interface ImportView {
  id: string;
  name: string;
  status: ImportStatus;
  phase: Phase;
  /** One sentence: what is happening, how long it will take. */
  headline: string;
  source: EndpointView;
  target: EndpointView;
  options: ImportOptions;
  /** Who made it; null where nobody signs in, for a command line, and on a shared page. */
  by: string | null;
  /** Of a failed import: whose connection strings somebody has to give before it can be retried. */
  passwordsNeeded: ("source" | "target")[];
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** When this was read, by the database's clock. */
  now: string;
  progress: ProgressView;
  /** Null until it was started. */
  throughput: ThroughputView | null;
  /** Since when the source's snapshot is held, and with it its vacuum is held back; null when it is not. */
  snapshotHeldSince: string | null;
  /** Null unless it is paused. */
  pause: PauseView | null;
  tables: TableView[];
  /** Null where none are carried. */
  largeObjects: LargeObjectsView | null;
  work: WorkView[];
  lanes: LaneBlock[];
  /** Long statements that are at work, as far as their server tells. */
  statements: StatementView[];
  findings: Finding[];
  skipped: ObjectNote[];
  events: EventView[];
  error: Explanation | null;
  verification: VerificationView;
}

export const phases = ["check", "schema", "copy", "finish", "verify", "done"] as const;
export type Phase = (typeof phases)[number];

export interface EndpointView {
  /** Shortened on a shared page. */
  host: string;
  port: number;
  database: string;
  user: string | null;
  version: string | null;
  /** `Supabase`; null where nobody knows whose server it is. */
  provider: string | null;
  /** `demo`, `file` (of which the host is the name), `local` (made by this Ferry), `url`, `neon` (a branch made by this Ferry), or a target `unchosen` so far. */
  kind: "demo" | "file" | "local" | "url" | "neon" | "unchosen";
  /** Null but for a target on Neon; ids are null until they are known. */
  neon: { projectId: string | null; project: string; branchId: string | null; branch: string } | null;
}

export interface ProgressView {
  /** 0 to 1, over all units by cost. */
  fraction: number;
  rowsDone: number;
  rowsExpected: number;
  bytesDone: number;
  bytesExpected: number;
  bytesPerSecond: number | null;
  secondsLeft: { low: number; high: number } | null;
}

/** In equal steps of time from the start; the last one takes what is left. */
export interface ThroughputView {
  stepMs: number;
  spanMs: number;
  bytesPerSecond: number[];
  rowsPerSecond: number[];
}

export type TableState = "waiting" | "copying" | "copied" | "indexing" | "done" | "failed" | "skipped";

export interface TableView {
  schema: string;
  name: string;
  state: TableState;
  rowsDone: number;
  rowsExpected: number;
  bytesDone: number;
  bytesExpected: number;
  partsDone: number;
  parts: number;
  /** Rows counted on each side under the snapshot, once verified, and whether their values differ though they are as many. */
  counted: { source: number; target: number; valuesDiffer: boolean } | null;
}

/** Large objects belong to no table: they are told as a whole. */
export interface LargeObjectsView {
  objects: number;
  bytes: number;
  partsDone: number;
  parts: number;
}

/** How much of each kind of work is done. */
export interface WorkView {
  kind: UnitKind;
  total: number;
  done: number;
  running: number;
  failed: number;
}

/** One unit on the picture of the lanes. */
export interface LaneBlock {
  lane: number;
  kind: UnitKind;
  subject: string;
  startedAt: string;
  finishedAt: string | null;
}

export interface StatementView {
  lane: number;
  kind: UnitKind;
  subject: string;
  /** In the server's words. */
  phase: string;
  fraction: number | null;
}

export interface EventView {
  seq: number;
  at: string;
  level: "info" | "warn" | "error";
  kind: string;
  message: string;
}

export interface VerificationView {
  status: "not_asked" | "pending" | "equal" | "differences";
  /** Tables whose rows were counted on both sides. */
  compared: number;
  /** Objects of the schema that were compared; null until they are. */
  objects: number | null;
  differences: { subject: string; kind: string; source: string; target: string; detail: string | null }[];
}

/** A line of the list of imports. */
export interface ImportSummary {
  id: string;
  name: string;
  status: ImportStatus;
  source: EndpointView;
  target: EndpointView;
  fraction: number;
  bytesDone: number;
  /** Who made it; null where nobody signs in, and for a command line. */
  by: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}
