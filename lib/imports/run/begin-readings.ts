import { tablesToFill } from "@/lib/plan/data-only/match";
import { providerOf } from "@/lib/plan/scope";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import type { Circumstance } from "@/lib/preflight/check";
import type { ComingReadings, Reading } from "@/lib/preflight/facts";
import { readActivity } from "@/lib/source/facts/activity";
import { readContents } from "@/lib/source/facts/contents";
import { readExtensionUse } from "@/lib/source/facts/extension-use";
import { readLeanedOn } from "@/lib/source/facts/leaned-on";
import { readPeculiarities } from "@/lib/source/facts/peculiarities";
import { readRolesInUse } from "@/lib/source/facts/roles";
import { readSettings } from "@/lib/source/facts/settings";
import { readSpecialObjects } from "@/lib/source/facts/special-objects";
import { readClosedSequences, readTableFacts } from "@/lib/source/facts/tables";
import { inspectSurroundings } from "@/lib/source/inspect";
import { majorVersion, type ServerFacts, type Surroundings } from "@/lib/source/inventory";
import { readLargeObjects } from "@/lib/source/large-objects";
import { readShape, type Shape } from "@/lib/source/shape";
import { systemIdentifier } from "@/lib/target/describe";
import type { Target, TargetFacts } from "@/lib/target/target";
import { probeThroughput } from "./probe-throughput";
import { type Receiving, receivingOf } from "./receiving";
import { inTime, type SourceReader, wordsOf } from "./source-reader";
import { takesOf } from "./takes";

export interface ReadingRequest {
  reader: SourceReader;
  source: ConnectionSpec;
  server: ServerFacts;
  target: Target | null;
  described: Promise<TargetFacts | null>;
  circumstance: Circumstance;
  /** From what size on the source's throughput is measured; null for never. */
  probeFromBytes: number | null;
}

/** Longest that a target is waited for. */
const TARGET_MS = 15_000;

/** Everything that checks look at, each on its way. The source is asked in this order. */
export function beginReadings(request: ReadingRequest): ComingReadings {
  const { reader, source, server, target, described, circumstance, probeFromBytes } = request;
  const major = majorVersion(server);
  const settings = reader.ask((client) => readSettings(client, major, reader.ownTimeouts));
  const surroundings = reader.ask(inspectSurroundings);
  const tables = reader.ask(readTableFacts);
  const isWanted = circumstance.options.content === "data" && !circumstance.resuming && target !== null;
  const shape: Promise<Reading<Shape | null>> = isWanted ? reader.ask(readShape) : Promise.resolve({ value: null });
  return {
    server: Promise.resolve({ value: server }),
    settings,
    surroundings,
    provider: follow(surroundings, async (found) => {
      const { sourceHost: host, options } = circumstance;
      return providerOf({ host, surroundings: found, options });
    }),
    tables,
    throughput: follow(tables, async (found) =>
      probeFromBytes === null ? null : probeThroughput(source, found, probeFromBytes),
    ),
    closedSequences: reader.ask(readClosedSequences),
    activity: reader.ask(readActivity),
    largeObjects: reader.ask((client) => readLargeObjects(client, server)),
    contents: reader.ask((client) => readContents(client, major)),
    extensions: reader.ask(readExtensionUse),
    objects: reader.ask((client) => readSpecialObjects(client, major)),
    roles: reader.ask(readRolesInUse),
    peculiarities: reader.ask(readPeculiarities),
    routines: reader.ask((client) => readLeanedOn(client, major)),
    identifier: reader.ask(systemIdentifier),
    target: asReading(inTime(described, TARGET_MS)),
    takes: asReading(inTime(readTakes(target, described), TARGET_MS)),
    shape,
    receiver: readReceiving(target, shape, surroundings, circumstance),
  };
}

/** Asked when it is known which tables of the source are to come. */
async function readReceiving(
  target: Target | null,
  shape: Promise<Reading<Shape | null>>,
  surroundings: Promise<Reading<Surroundings>>,
  { sourceHost: host, options }: Circumstance,
): Promise<Reading<Receiving>> {
  const around = await surroundings;
  if ("unknown" in around) return around;
  return follow(shape, async (found): Promise<Receiving> => {
    if (!target || !found) return null;
    const wanted = tablesToFill(found, { host, surroundings: around.value, options });
    return inTime(receivingOf(target, wanted, { name: "ferry checks", workMs: TARGET_MS }), TARGET_MS);
  });
}

const readTakes = async (target: Target | null, described: Promise<TargetFacts | null>) =>
  target && takesOf(target, { name: "ferry checks", workMs: TARGET_MS, described });

async function asReading<T>(work: Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await work };
  } catch (error) {
    return { unknown: wordsOf(error) };
  }
}

/** What follows from another fact; it is not known where that is not. */
async function follow<From, To>(
  coming: Promise<Reading<From>>,
  next: (value: From) => Promise<To>,
): Promise<Reading<To>> {
  const reading = await coming;
  return "unknown" in reading ? reading : asReading(next(reading.value));
}
