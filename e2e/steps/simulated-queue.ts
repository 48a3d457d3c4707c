import { type Outlook, READING_KINDS } from "@/lib/imports/queue/outlook";
import { splitBundle, splitPart } from "@/lib/plan/split-copy";
import { type CountedHeap, splitComparison, splitCount, splitTables } from "@/lib/plan/split-count";
import { isKeyRange, type TableRef, type Unit, type UnitPayload, type UnitPiece } from "@/lib/plan/unit";
import type { SourceTable } from "@/lib/source/inventory";

/** A unit as the queue knows it, with what only the simulation knows: when its statement ends that outlives a step. */
export interface QueuedUnit extends UnitPiece {
  overruns: number;
  detached: boolean;
  endsAt: number;
  /** What an overrun told of the pace, here or of the unit that this is a piece of. */
  overran: Told | null;
}

/** So many seconds for what was expected to cost so much. */
interface Told {
  seconds: number;
  cost: number;
}

const FRESH = { overruns: 0, detached: false, endsAt: 0, overran: null };

const reads = ({ payload }: UnitPiece) => READING_KINDS.includes(payload.kind);

const bySize = (left: QueuedUnit, right: QueuedUnit) => right.cost - left.cost || (left.id < right.id ? -1 : 1);

/** The queue of `lib/imports/queue` in memory, by the same rules and in the same order. */
export class SimulatedQueue {
  /** Units that can be claimed, largest first: begun for the first time, after an overrun, and at work alone. */
  private readonly ready: QueuedUnit[] = [];
  private readonly overrun: QueuedUnit[] = [];
  private readonly detached: QueuedUnit[] = [];
  private readonly waitingOn = new Map<string, number>();
  private readonly waiting = new Map<string, QueuedUnit>();
  private readonly dependants = new Map<string, string[]>();
  private running = 0;
  private reading = 0;
  /** Of copies that are done, and of those that have overrun. */
  private readonly copied: Told = { seconds: 0, cost: 0 };
  open = 0;
  failed = 0;

  constructor(
    units: Unit[],
    private readonly tables: ReadonlyMap<number, SourceTable>,
  ) {
    for (const { dependsOn, ...unit } of units) {
      this.open += 1;
      this.reading += Number(reads(unit));
      this.waitingOn.set(unit.id, dependsOn.length);
      this.waiting.set(unit.id, { ...unit, ...FRESH });
      for (const id of dependsOn) {
        const after = this.dependants.get(id);
        if (after) after.push(unit.id);
        else this.dependants.set(id, [unit.id]);
      }
    }
    for (const { id, dependsOn } of units) if (dependsOn.length === 0) this.free(id, 0);
  }

  /** As `outlookOf`, for a lane that holds no unit itself. */
  outlook(): Outlook {
    const ready = this.ready.length + this.overrun.length + this.detached.length;
    let leastCost = this.ready.at(-1)?.cost ?? null;
    for (const { cost, overruns } of this.detached) if (overruns === 0) leastCost = Math.min(cost, leastCost ?? cost);
    return {
      status: "running",
      run: 1,
      epoch: 1,
      lostEpoch: 0,
      maxMegabytesPerSecond: null,
      open: this.open,
      running: this.running,
      elsewhere: this.running,
      claimable: ready,
      ready,
      leastCost,
      copySeconds: this.copied.seconds,
      copyCost: this.copied.cost,
      reading: this.reading,
      failed: this.failed,
    };
  }

  /** What is at work alone first, as in `claimUnit`; then the largest that fits, where that one goes by rank. */
  claim(mostCost: number | null): QueuedUnit | null {
    const unit = mostCost === null ? this.takeAny() : this.takeFitting(mostCost);
    if (unit) this.running += 1;
    return unit;
  }

  finish(unit: QueuedUnit, tookSeconds: number): void {
    this.running -= 1;
    this.open -= 1;
    this.reading -= Number(reads(unit));
    if (unit.payload.kind === "copy") {
      this.tellOverrun(unit, null);
      this.count({ seconds: tookSeconds, cost: unit.cost }, 1);
    }
    for (const id of this.dependants.get(unit.id) ?? []) this.free(id, 1);
  }

  giveBack(unit: QueuedUnit): void {
    this.running -= 1;
    this.put(unit);
  }

  fail(): void {
    this.running -= 1;
    this.open -= 1;
    this.failed += 1;
  }

  /** As `returnOverrun`: of copies only. */
  tellOverrun(unit: QueuedUnit, told: Told | null): void {
    if (unit.payload.kind !== "copy") return;
    if (unit.overran) this.count(unit.overran, -1);
    if (told) this.count(told, 1);
    unit.overran = told;
  }

  private count({ seconds, cost }: Told, sign: 1 | -1): void {
    this.copied.seconds += sign * seconds;
    this.copied.cost += sign * cost;
  }

  /** As `cutCopy`, `cutComparison` and `splitUnit`: false where there is nothing to cut, or no need. */
  split(unit: QueuedUnit, cut: boolean): boolean {
    const pieces = this.piecesOf(unit, cut);
    if (!pieces) return false;
    const after = this.dependants.get(unit.id) ?? [];
    for (const id of after) this.waitingOn.set(id, (this.waitingOn.get(id) ?? 0) + pieces.length - 1);
    this.running -= 1;
    this.open += pieces.length - 1;
    this.reading += pieces.length - 1;
    const [first] = pieces;
    for (const piece of pieces) {
      const inside = pieces.filter((other) => other.after?.includes(piece.id)).map(({ id }) => id);
      this.dependants.set(piece.id, [...after, ...inside]);
      this.waitingOn.set(piece.id, piece.after?.length ?? 0);
      this.waiting.set(piece.id, { ...piece, ...FRESH, overran: piece === first ? unit.overran : null });
      this.free(piece.id, 0);
    }
    return true;
  }

  private piecesOf({ payload, ...unit }: QueuedUnit, cut: boolean): UnitPiece[] | null {
    const hasOverrun = unit.overruns > 0;
    if (payload.kind === "verify") return payload.counted ? null : this.comparisonPieces(unit, payload);
    if (payload.kind === "count")
      return hasOverrun ? splitCount(unit, payload, this.heapOf(payload.table).extent) : null;
    if (payload.kind !== "copy" || !cut) return null;
    const { parts } = payload;
    const bundles = splitBundle({ ...unit, parts }, (oid) => this.tables.get(oid)?.bytes ?? 0);
    const [part] = parts;
    if (bundles || !part || (part.range && isKeyRange(part.range))) return bundles;
    return splitPart({ ...unit, parts }, this.heapOf(part.table).extent);
  }

  private comparisonPieces(
    unit: Omit<QueuedUnit, "payload">,
    payload: Extract<UnitPayload, { kind: "verify" }>,
  ): UnitPiece[] | null {
    const { tables, checksums } = payload;
    const hasOverrun = unit.overruns > 0;
    const [table] = tables;
    if (!table || tables.length > 1) {
      return hasOverrun ? splitTables(unit, payload, (oid) => this.tables.get(oid)?.bytes ?? 0) : null;
    }
    // What arrives takes as much room as it did.
    const heaps = { source: this.heapOf(table), target: this.heapOf(table) };
    return splitComparison(unit, table, heaps, hasOverrun, checksums ? { alone: "" } : null);
  }

  private heapOf({ oid }: TableRef): CountedHeap & { extent: { pages: number } } {
    const { bytes = 0, pages = 0 } = this.tables.get(oid) ?? {};
    return { bytes, extent: { pages } };
  }

  private free(id: string, by: number): void {
    const left = (this.waitingOn.get(id) ?? 0) - by;
    this.waitingOn.set(id, left);
    const unit = this.waiting.get(id);
    if (left > 0 || !unit) return;
    this.waiting.delete(id);
    this.put(unit);
  }

  private put(unit: QueuedUnit): void {
    const list = unit.detached ? this.detached : unit.overruns > 0 ? this.overrun : this.ready;
    list.splice(
      firstNot(list, (other) => bySize(other, unit) < 0),
      0,
      unit,
    );
  }

  private takeAny(): QueuedUnit | null {
    const [fresh] = this.ready;
    const [again] = this.overrun;
    const isAgain = again !== undefined && (fresh === undefined || bySize(again, fresh) < 0);
    return this.detached.shift() ?? (isAgain ? this.overrun : this.ready).shift() ?? null;
  }

  private takeFitting(mostCost: number): QueuedUnit | null {
    const alone = this.detached.findIndex(({ overruns, cost }) => overruns === 0 && cost <= mostCost);
    if (alone >= 0) return this.detached.splice(alone, 1)[0] ?? null;
    return (
      this.ready.splice(
        firstNot(this.ready, ({ cost }) => cost > mostCost),
        1,
      )[0] ?? null
    );
  }
}

/** The first place for which `isBefore` does not hold, in a list where it holds up to some place. */
function firstNot(list: QueuedUnit[], isBefore: (unit: QueuedUnit) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const unit = list[middle];
    if (unit && isBefore(unit)) low = middle + 1;
    else high = middle;
  }
  return low;
}
