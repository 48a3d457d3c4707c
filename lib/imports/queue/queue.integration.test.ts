import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DONE, ERROR, type QueueRig, startQueues, unit } from "@/e2e/imports/queue-rig";
import { query } from "@/e2e/imports/scene";
import { database } from "@/lib/db/client";
import { claimUnit, renewLease } from "./claim";
import { outlookOf } from "./outlook";
import { failUnit, finishUnit, postponeUnit } from "./settle";
import { resetDataUnits, reviveFailedUnits } from "./store-plan";

let queue: QueueRig;

beforeAll(async () => {
  queue = await startQueues();
});
afterAll(() => queue?.metadata.drop());
beforeEach(() => queue.next());

describe("claiming", () => {
  it("takes the largest that is ready, and what depends on others only after them", async () => {
    await queue.store(unit("small"), unit("large", [], 9), unit("after", ["small", "large"], 99));
    expect((await claimUnit(queue.by(1)))?.id).toBe("large");
    expect((await claimUnit(queue.by(2)))?.id).toBe("small");
    expect(await claimUnit(queue.by(1))).toBeNull();
    await finishUnit(queue.claim("large"), DONE);
    expect(await claimUnit(queue.by(1))).toBeNull();
    await finishUnit(queue.claim("small"), DONE);
    expect(await claimUnit(queue.by(1))).toMatchObject({
      id: "after",
      attempt: 1,
      payload: { kind: "copy", parts: [] },
    });
  });

  it("gives each unit to one lane, however many ask at once", async () => {
    await queue.store(...Array.from({ length: 60 }, (_, index) => unit(`u${index}`)));
    const taken: string[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async (_, lane) => {
        for (let next = await claimUnit(queue.by(lane)); next; next = await claimUnit(queue.by(lane)))
          taken.push(next.id);
      }),
    );
    expect(taken).toHaveLength(60);
    expect(new Set(taken).size).toBe(60);
  });

  it("takes over from a lane that is not heard of, whose word then counts only for what is done", async () => {
    await queue.store(unit("u"), unit("next", ["u"]));
    await claimUnit(queue.by(1));
    expect(await renewLease(queue.claim("u"), { rows: 5, bytes: 50, statement: null })).toEqual({
      maxMegabytesPerSecond: null,
      copying: expect.any(Number),
    });
    expect(await claimUnit(queue.by(2))).toBeNull();
    await queue.expire("u");
    expect(await outlookOf(queue.importId)).toMatchObject({ ready: 1, running: 1, claimable: 0 });
    expect(await claimUnit(queue.by(2))).toMatchObject({ id: "u", attempt: 2 });
    expect(await renewLease(queue.claim("u"), { rows: 6, bytes: 60, statement: null })).toBeNull();
    await postponeUnit(queue.claim("u"), 0, ERROR);
    await failUnit(queue.claim("u"), ERROR);
    expect(await queue.states()).toEqual({ u: "running 0", next: "ready 1" });
    await finishUnit(queue.claim("u"), DONE);
    await finishUnit(queue.claim("u", 2), DONE);
    expect(await queue.states()).toEqual({ u: "done 0", next: "ready 0" });
  });

  it("leaves a postponed unit alone until its time has come", async () => {
    await queue.store(unit("u"));
    await claimUnit(queue.by(1));
    await postponeUnit(queue.claim("u"), 60, ERROR);
    expect(await claimUnit(queue.by(1))).toBeNull();
    expect(await outlookOf(queue.importId)).toMatchObject({
      claimable: 1,
      ready: 0,
      leastCost: null,
      running: 0,
      open: 1,
    });
    await query(queue.metadata.spec, "update units set retry_at = now() where import_id = $1", [queue.importId]);
    expect(await claimUnit(queue.by(1))).toMatchObject({ id: "u", attempt: 2 });
  });

  it("is refused to a lane whose import was stopped", async () => {
    await queue.store(unit("u"));
    await claimUnit(queue.by(1));
    await queue.store(unit("other"));
    await query(queue.metadata.spec, "update imports set status = 'cancelled' where id = $1", [queue.importId]);
    expect(await renewLease(queue.claim("u"), { rows: 0, bytes: 0, statement: null })).toBeNull();
    expect(await claimUnit(queue.by(1))).toBeNull();
  });
});

describe("another epoch", () => {
  const next = async () =>
    database().transaction(async (tx) => {
      await query(queue.metadata.spec, "update imports set epoch = 2 where id = $1", [queue.importId]);
      await resetDataUnits(tx, queue.importId);
    });

  it("makes all data work and its statistics ready again, and keeps structure", async () => {
    await queue.store(
      unit("schema:1", [], 1, "schema"),
      unit("copy:1", ["schema:1"]),
      unit("analyze:1", ["copy:1"], 1, "analyze"),
      unit("post:1", ["analyze:1", "schema:1"], 1, "post"),
    );
    for (const id of ["schema:1", "copy:1", "analyze:1"]) {
      await claimUnit(queue.by(1));
      await finishUnit(queue.claim(id), DONE);
    }
    const kept = { "schema:1": "done 0" };
    expect(await queue.states()).toEqual({
      ...kept,
      "copy:1": "done 0",
      "analyze:1": "done 0",
      "post:1": "ready 0",
    });
    await next();
    expect(await queue.states()).toEqual({
      ...kept,
      "copy:1": "ready 0",
      "analyze:1": "ready 1",
      "post:1": "ready 1",
    });
  });

  it("does not listen to a lane of the last one, even in the same attempt", async () => {
    await queue.store(unit("copy:1"), unit("post:1", ["copy:1"], 1, "post"));
    await claimUnit(queue.by(1));
    await next();
    await finishUnit(queue.claim("copy:1"), DONE);
    expect(await queue.states()).toEqual({ "copy:1": "ready 0", "post:1": "ready 1" });
    expect(await claimUnit(queue.by(1))).toBeNull();
    await claimUnit(queue.by(2, 2));
    expect(await renewLease(queue.claim("copy:1"), { rows: 0, bytes: 0, statement: null })).toBeNull();
    await postponeUnit(queue.claim("copy:1"), 0, null);
    await failUnit(queue.claim("copy:1"), ERROR);
    expect(await queue.states()).toEqual({ "copy:1": "running 0", "post:1": "ready 1" });
    await finishUnit(queue.claim("copy:1", 1, 2), DONE);
    expect(await queue.states()).toEqual({ "copy:1": "done 0", "post:1": "ready 0" });
  });
});

describe("failed units", () => {
  it("hold up what waits for them and nothing else, and can be revived", async () => {
    await queue.store(unit("bad", [], 9), unit("good"), unit("after", ["bad"]));
    await claimUnit(queue.by(1));
    await failUnit(queue.claim("bad"), ERROR);
    expect((await claimUnit(queue.by(1)))?.id).toBe("good");
    await finishUnit(queue.claim("good"), DONE);
    expect(await outlookOf(queue.importId)).toMatchObject({ open: 1, running: 0, claimable: 0, failed: 1, reading: 2 });
    await database().transaction((tx) => reviveFailedUnits(tx, queue.importId));
    expect(await claimUnit(queue.by(1))).toMatchObject({ id: "bad", attempt: 2, failures: 0, overruns: 0 });
  });
});

describe("a graph worked off by many lanes with accidents", () => {
  it("is done once each, in order, to the end", async () => {
    const layers = Array.from({ length: 6 }, (_, layer) =>
      Array.from({ length: 8 }, (_, place) => `l${layer}:${place}`),
    );
    const graph = layers.flatMap((ids, layer) =>
      ids.map((id, place) =>
        unit(id, layer === 0 ? [] : [layers[layer - 1]?.[place] ?? "", layers[layer - 1]?.[(place + 3) % 8] ?? ""]),
      ),
    );
    await queue.store(...graph);
    const finished: string[] = [];
    const accidents = new Set(graph.filter((_, index) => index % 5 === 0).map(({ id }) => id));
    const lane = async (number: number) => {
      for (;;) {
        const { open } = await outlookOf(queue.importId);
        if (open === 0) return;
        const taken = await claimUnit(queue.by(number));
        if (!taken) continue;
        if (accidents.delete(taken.id)) {
          await postponeUnit(queue.claim(taken.id, taken.attempt), 0, ERROR);
          continue;
        }
        finished.push(taken.id);
        await finishUnit(queue.claim(taken.id, taken.attempt), DONE);
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(lane));
    expect([...finished].sort()).toEqual(graph.map(({ id }) => id).sort());
    for (const { id, dependsOn } of graph) {
      for (const before of dependsOn)
        expect(finished.indexOf(before), `${before} before ${id}`).toBeLessThan(finished.indexOf(id));
    }
  });
});
