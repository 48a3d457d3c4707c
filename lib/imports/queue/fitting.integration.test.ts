import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DONE, ERROR, type QueueRig, startQueues, unit } from "@/e2e/imports/queue-rig";
import { query } from "@/e2e/imports/scene";
import { database } from "@/lib/db/client";
import type { CopyPiece } from "@/lib/plan/split-copy";
import { claimUnit } from "./claim";
import { outlookOf } from "./outlook";
import { finishUnit, postponeUnit, returnOverrun } from "./settle";
import { splitUnit } from "./split-unit";
import { resetDataUnits } from "./store-plan";

let queue: QueueRig;

beforeAll(async () => {
  queue = await startQueues();
});
afterAll(() => queue?.metadata.drop());
beforeEach(() => queue.next());

describe("what fits into the rest of a step", () => {
  const overrun = async (id: string) => {
    const taken = await claimUnit(queue.by(1));
    expect(taken?.id).toBe(id);
    await returnOverrun(queue.claim(id, taken?.attempt), null);
  };

  it("is claimed, largest first, and nothing larger", async () => {
    await queue.store(unit("small", [], 1), unit("middle", [], 5), unit("large", [], 9));
    expect(await outlookOf(queue.importId)).toMatchObject({ ready: 3, leastCost: 1 });
    expect((await claimUnit(queue.by(1), 8))?.id).toBe("middle");
    expect((await claimUnit(queue.by(2), 8))?.id).toBe("small");
    expect(await claimUnit(queue.by(3), 8)).toBeNull();
    expect(await outlookOf(queue.importId)).toMatchObject({ ready: 1, leastCost: 9 });
    expect((await claimUnit(queue.by(3)))?.id).toBe("large");
  });

  it("does not hold what has overrun a step, however small: that needs a whole one", async () => {
    await queue.store(unit("late", [], 2), unit("small", [], 1));
    await overrun("late");
    expect(await outlookOf(queue.importId)).toMatchObject({ ready: 2, leastCost: 1 });
    expect((await claimUnit(queue.by(1), 100))?.id).toBe("small");
    expect(await outlookOf(queue.importId)).toMatchObject({ ready: 1, leastCost: null });
    expect(await claimUnit(queue.by(1), 100)).toBeNull();
    expect(await claimUnit(queue.by(1))).toMatchObject({ id: "late", attempt: 2, overruns: 1, failures: 0 });
  });

  it("is told by the pace of the copies that are done", async () => {
    await queue.store(unit("a", [], 4), unit("b", [], 2), unit("s", [], 1, "schema"));
    for (const id of ["a", "b", "s"]) {
      await claimUnit(queue.by(1));
      await query(queue.metadata.spec, "update units set started_at = now() - interval '30 seconds' where id = $1", [
        id,
      ]);
      await finishUnit(queue.claim(id), DONE);
    }
    const { copyCost, copySeconds } = await outlookOf(queue.importId);
    expect(copyCost).toBe(6);
    expect(copySeconds).toBeGreaterThanOrEqual(60);
    expect(copySeconds).toBeLessThan(65);
  });
});

describe("a copy that has overrun a step", () => {
  const beginAndOverrun = async (id: string, seconds: number, broughtCost: number | null) => {
    const taken = await claimUnit(queue.by(1));
    expect(taken?.id).toBe(id);
    const begun = "update units set started_at = now() - $2 * interval '1 second' where import_id = $1 and id = $3";
    await query(queue.metadata.spec, begun, [queue.importId, seconds, id]);
    await returnOverrun(queue.claim(id, taken?.attempt), broughtCost);
  };
  const pace = async () => {
    const { copyCost, copySeconds } = await outlookOf(queue.importId);
    return { cost: copyCost, seconds: Math.floor(copySeconds / 10) * 10 };
  };

  it("tells its pace, and so do its pieces in its place until they know better", async () => {
    await queue.store(unit("copy:1", [], 4));
    await beginAndOverrun("copy:1", 180, 1.5);
    expect(await pace()).toEqual({ cost: 1.5, seconds: 180 });
    const payload = { kind: "copy" as const, parts: [] };
    const piece = (id: string, cost: number): CopyPiece => ({ id, subject: id, cost, payload });
    await claimUnit(queue.by(1));
    expect(await splitUnit(queue.claim("copy:1", 2), [piece("copy:1/1", 3), piece("copy:1/2", 1)])).toBe(true);
    expect(await pace()).toEqual({ cost: 1.5, seconds: 180 });
    await claimUnit(queue.by(1));
    expect(await splitUnit(queue.claim("copy:1/1"), [piece("copy:1/1/1", 2), piece("copy:1/1/2", 1)])).toBe(true);
    expect(await pace()).toEqual({ cost: 1.5, seconds: 180 });
    await beginAndOverrun("copy:1/1/1", 60, 0.5);
    expect(await pace()).toEqual({ cost: 0.5, seconds: 60 });
    await claimUnit(queue.by(1));
    await finishUnit(queue.claim("copy:1/1/1", 2), DONE);
    expect(await pace()).toEqual({ cost: 2, seconds: 0 });
  });

  it("tells no more than it was expected to cost, and nothing of another kind, of none and of a lost epoch", async () => {
    await queue.store(unit("a", [], 9), unit("b", [], 8, "schema"), unit("c", [], 4));
    await beginAndOverrun("a", 100, 20);
    expect(await pace()).toEqual({ cost: 9, seconds: 100 });
    await claimUnit(queue.by(2));
    await beginAndOverrun("b", 100, null);
    await beginAndOverrun("b", 100, 3);
    expect(await pace()).toEqual({ cost: 9, seconds: 100 });
    await database().transaction((tx) => resetDataUnits(tx, queue.importId));
    expect(await pace()).toEqual({ cost: 0, seconds: 0 });
  });
});

describe("what counts against a unit", () => {
  it("is errors alone: ten hand-overs cost no retry", async () => {
    await queue.store(unit("u"));
    for (let round = 1; round <= 10; round++) {
      await claimUnit(queue.by(1));
      await postponeUnit(queue.claim("u", round), 0, null);
    }
    await claimUnit(queue.by(1));
    await postponeUnit(queue.claim("u", 11), 0, ERROR);
    await claimUnit(queue.by(1));
    await returnOverrun(queue.claim("u", 12), null);
    expect(await claimUnit(queue.by(1))).toMatchObject({ attempt: 13, failures: 1, overruns: 1 });
  });
});

describe("a unit that is split", () => {
  const piece = (id: string, cost = 1): CopyPiece => ({
    id,
    subject: id,
    cost,
    payload: { kind: "copy", parts: [] },
  });
  const pieces = [piece("copy:7/1"), piece("copy:7/2", 2)];
  const storeGraph = () =>
    queue.store(
      unit("schema:1", [], 1, "schema"),
      unit("copy:7", ["schema:1"], 9),
      unit("copy:8", ["schema:1"]),
      unit("index:1", ["copy:7"]),
      unit("post:1", ["schema:1", "copy:7", "copy:8", "index:1"], 1, "post"),
    );
  const begin = async () => {
    await storeGraph();
    await claimUnit(queue.by(1));
    await finishUnit(queue.claim("schema:1"), DONE);
    expect((await claimUnit(queue.by(1)))?.id).toBe("copy:7");
  };
  it("leaves its pieces in its place, on both sides", async () => {
    await begin();
    expect(await splitUnit(queue.claim("copy:7"), pieces)).toBe(true);
    expect(await queue.states()).toEqual({
      "schema:1": "done 0",
      "copy:7/1": "ready 0",
      "copy:7/2": "ready 0",
      "copy:8": "ready 0",
      "index:1": "ready 2",
      "post:1": "ready 4",
    });
    expect(await queue.edges()).toEqual([
      "copy:7/1 < schema:1",
      "copy:7/2 < schema:1",
      "copy:8 < schema:1",
      "index:1 < copy:7/1",
      "index:1 < copy:7/2",
      "post:1 < copy:7/1",
      "post:1 < copy:7/2",
      "post:1 < copy:8",
      "post:1 < index:1",
      "post:1 < schema:1",
    ]);
    for (const id of ["copy:7/2", "copy:7/1", "copy:8", "index:1"]) {
      const taken = await claimUnit(queue.by(1));
      expect(taken?.id).toBe(id);
      await finishUnit(queue.claim(id), DONE);
    }
    expect((await claimUnit(queue.by(1)))?.id).toBe("post:1");
  });

  it("may have pieces that wait for others", async () => {
    await begin();
    const all = ["copy:7/1", "copy:7/2"];
    expect(await splitUnit(queue.claim("copy:7"), [...pieces, { ...piece("copy:7/sum"), after: all }])).toBe(true);
    expect(await queue.states()).toMatchObject({
      "copy:7/1": "ready 0",
      "copy:7/sum": "ready 2",
      "index:1": "ready 3",
      "post:1": "ready 5",
    });
    const order = ["copy:7/2", "copy:7/1", "copy:8", "copy:7/sum", "index:1"];
    const seen: string[] = [];
    for (let taken = await claimUnit(queue.by(1)); taken && seen.length < 5; taken = await claimUnit(queue.by(1))) {
      seen.push(taken.id);
      await finishUnit(queue.claim(taken.id), DONE);
    }
    expect(seen.toSorted()).toEqual(order.toSorted());
    expect(seen.indexOf("copy:7/sum")).toBeGreaterThan(Math.max(...all.map((id) => seen.indexOf(id))));
    expect(seen.indexOf("index:1")).toBeGreaterThan(seen.indexOf("copy:7/sum"));
  });

  it("is not split for a lane that has lost it, under another epoch, or twice", async () => {
    await begin();
    await queue.expire("copy:7");
    await claimUnit(queue.by(2));
    expect(await splitUnit(queue.claim("copy:7", 1), pieces)).toBe(false);
    expect(await splitUnit(queue.claim("copy:7", 2, 2), pieces)).toBe(false);
    expect((await queue.states())["copy:7"]).toBe("running 0");
    expect(await splitUnit(queue.claim("copy:7", 2), pieces)).toBe(true);
    expect(await splitUnit(queue.claim("copy:7", 2), pieces)).toBe(false);
    expect((await queue.edges()).filter((edge) => edge.startsWith("index:1"))).toHaveLength(2);
    // The first lane comes too late to say that the whole is done.
    await finishUnit(queue.claim("copy:7", 1), DONE);
    expect(await queue.states()).toMatchObject({ "index:1": "ready 2", "copy:7/1": "ready 0" });
  });

  it("stays split under another epoch, and its pieces are counted again", async () => {
    await begin();
    await splitUnit(queue.claim("copy:7"), pieces);
    await claimUnit(queue.by(1));
    await finishUnit(queue.claim("copy:7/2"), DONE);
    expect((await queue.states())["index:1"]).toBe("ready 1");
    await database().transaction(async (tx) => {
      await query(queue.metadata.spec, "update imports set epoch = 2 where id = $1", [queue.importId]);
      await resetDataUnits(tx, queue.importId);
    });
    expect(await queue.states()).toMatchObject({ "copy:7/1": "ready 0", "copy:7/2": "ready 0", "index:1": "ready 2" });
  });

  it("is counted right beside others that are finished and split at the same time", async () => {
    const copies = Array.from({ length: 12 }, (_, index) => `copy:${index}`);
    const after = Array.from({ length: 30 }, (_, index) => `index:${index}`);
    await queue.store(...copies.map((id) => unit(id)), ...after.map((id) => unit(id, copies)));
    for (const _ of copies) await claimUnit(queue.by(1));
    await Promise.all(
      copies.map((id, index) =>
        index % 2 === 0
          ? finishUnit(queue.claim(id), DONE)
          : splitUnit(queue.claim(id), [piece(`${id}/1`), piece(`${id}/2`), piece(`${id}/3`)]),
      ),
    );
    const seen = await queue.states();
    expect(new Set(after.map((id) => seen[id]))).toEqual(new Set(["ready 18"]));
  });
});
