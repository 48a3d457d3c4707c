import type { PolicyTarget } from "@/lib/schema/policy/context";
import type { Activity } from "@/lib/source/facts/activity";
import type { Contents } from "@/lib/source/facts/contents";
import type { ExtensionUse } from "@/lib/source/facts/extension-use";
import type { LeanedOnRoutine } from "@/lib/source/facts/leaned-on";
import type { Peculiarities } from "@/lib/source/facts/peculiarities";
import type { RolesInUse } from "@/lib/source/facts/roles";
import type { ServerSettings } from "@/lib/source/facts/settings";
import type { SpecialObject } from "@/lib/source/facts/special-objects";
import type { ClosedSequence, TableFacts } from "@/lib/source/facts/tables";
import type { ServerFacts, Surroundings } from "@/lib/source/inventory";
import type { LargeObjects } from "@/lib/source/large-objects";
import type { Provider } from "@/lib/source/providers/provider";
import type { Receiver } from "@/lib/source/receiver";
import type { Shape } from "@/lib/source/shape";
import type { TargetFacts } from "@/lib/target/target";

/** How fast rows were seen to come from the source. */
export interface Throughput {
  bytesPerSecond: number;
}

/** What checks look at. Each is read by itself: one may fail, or never come, without the others. */
export interface Facts {
  server: ServerFacts;
  settings: ServerSettings;
  activity: Activity;
  surroundings: Surroundings;
  /** Null where nothing tells whose server it is. */
  provider: Provider | null;
  tables: TableFacts[];
  /** Those that may not be read. */
  closedSequences: ClosedSequence[];
  largeObjects: LargeObjects;
  contents: Contents;
  extensions: ExtensionUse[];
  objects: SpecialObject[];
  roles: RolesInUse;
  peculiarities: Peculiarities;
  routines: LeanedOnRoutine[];
  /** Of the source's server; null where this role may not ask. */
  identifier: string | null;
  /** Null where it was not worth measuring. */
  throughput: Throughput | null;
  /** Null while no target is chosen. */
  target: TargetFacts | null;
  /** What the target is able to take; null while none is chosen. */
  takes: PolicyTarget | null;
  /** What the source's tables look like; null unless they are to be set against those that the target has. */
  shape: Shape | null;
  /** What the target has already, or that it is made anew; null unless rows are to come into what it has. */
  receiver: Receiver | "made anew" | null;
}

export type FactName = keyof Facts;

/** A fact, or why it is not known. */
export type Reading<T> = { value: T } | { unknown: string };

export type Readings = { [Name in FactName]: Reading<Facts[Name]> };

/** The same while they are still being read. They never fail: what goes wrong is a reading too. */
export type ComingReadings = { [Name in FactName]: Promise<Reading<Facts[Name]>> };

export const factNames = [
  "server",
  "settings",
  "activity",
  "surroundings",
  "provider",
  "tables",
  "closedSequences",
  "largeObjects",
  "contents",
  "extensions",
  "objects",
  "roles",
  "peculiarities",
  "routines",
  "identifier",
  "throughput",
  "target",
  "takes",
  "shape",
  "receiver",
] as const satisfies readonly FactName[];
