import { setTimeout as sleep } from "node:timers/promises";
import { query } from "@/e2e/imports/scene";
import { startProxy, type TcpProxy } from "@/e2e/servers/tcp-proxy";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import { hasEnded, type ImportStatus } from "@/lib/imports/status";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { type Arena, copyTemplate, type Slot } from "./arena";
import type { RunPlan, Seen } from "./draw";

/** One run's databases, the lines to them, and its import. */
export interface Stage {
  importId: string;
  lanes: number;
  slot: Slot;
  source: TestDatabase;
  target: TestDatabase;
  lines: Record<"source" | "target", TcpProxy>;
  /** What a fault set going, and what must have ended before the databases go. */
  background: Promise<unknown>[];
  moveSource(): Promise<void>;
  /** Ends the lines' slowness. */
  hurry(): void;
  close(): Promise<void>;
}

/** What a stage is made by. */
export type StagePlan = Pick<RunPlan, "options" | "bytesPerSecond">;

export async function openStage(arena: Arena, slot: Slot, { options, bytesPerSecond }: StagePlan): Promise<Stage> {
  const source = await copyTemplate(arena);
  const target = await arena.target.createDatabase("faults_target");
  const lineTo = ({ spec: { host, port } }: TestDatabase) => startProxy({ to: { host, port }, bytesPerSecond });
  const lines = { source: await lineTo(source), target: await lineTo(target) };
  const background: Promise<unknown>[] = [];
  const close = async () => {
    await Promise.all(Object.values(lines).map((line) => line.close()));
    await Promise.allSettled(background);
    await Promise.all([source.drop(), target.drop()]);
  };
  const urlThrough = ({ spec }: TestDatabase, { port }: TcpProxy) => connectionUrl({ ...spec, port });
  try {
    const importId = await slot.engine.ask({
      verb: "create",
      source: urlThrough(source, lines.source),
      target: urlThrough(target, lines.target),
      options,
    });
    const moveSource = async () => {
      await query(arena.source.superuser, "select txid_current()");
    };
    const hurry = () => {
      for (const line of Object.values(lines)) line.bytesPerSecond = Number.POSITIVE_INFINITY;
    };
    const lanes = options.lanes ?? 2;
    return { importId, lanes, slot, source, target, lines, background, moveSource, hurry, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Progress {
  status: ImportStatus;
  unitsDone: number;
  bytesDone: number;
}

const PROGRESS = `
  select i.status, count(u.id) filter (where u.state = 'done')::int as "unitsDone",
         coalesce(sum(u.bytes_done), 0)::float8 as "bytesDone"
    from imports i left join units u on u.import_id = i.id
   where i.id = $1 group by i.id`;
const POLL_MS = 30;

export type End = ImportStatus | "hung";

/** Looks on until the import has ended, or calls it hung. `onLook` is told each time how far it has come. */
export async function watch(
  { importId, slot, lines }: Stage,
  limitMs: number,
  onLook: (seen: Seen) => void,
): Promise<End> {
  const startedAt = performance.now();
  for (;;) {
    const [row] = await slot.ask<Progress>(PROGRESS, [importId]);
    if (!row) throw new Error("The import has gone.");
    const { status, unitsDone, bytesDone } = row;
    const elapsedMs = performance.now() - startedAt;
    const connections = lines.source.accepted + lines.target.accepted;
    if (hasEnded(status)) return status;
    if (elapsedMs > limitMs) return "hung";
    onLook({ elapsedMs, unitsDone, bytesDone, connections });
    await sleep(POLL_MS);
  }
}
