import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, type Harness, openHarness, pause } from "./harness";
import { waitFunctions } from "./waits.functions";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("waits", waitFunctions);
});
afterAll(() => harness.close());

/** Starts a function and lets the test go on when it waits. */
async function begin(event: string) {
  const key = randomUUID();
  const eventId = await harness.send(`waits/${event}`, { key, id: key });
  await harness.probe.first(`${key} ready`);
  return { id: key, ended: () => harness.ended(eventId) };
}
const answer = (data: Record<string, unknown>) => harness.send("waits/answer", data);

/** Sends again until the run has ended: on a busy machine the first may come before the wait is there. */
async function until(ended: () => Promise<Ended>, send: () => Promise<unknown>): Promise<Ended> {
  const end = ended();
  let isOver = false;
  void end.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await send();
    await Promise.race([end, pause(1_000)]);
  }
  return end;
}

describe.concurrent("waiting for events", () => {
  test("ends with the one that matches, and with no other", async () => {
    const { id, ended } = await begin("match");
    await answer({ id: "another", number: 1 });
    await answer({ number: 2 });
    await pause(300);
    const { output } = await until(ended, () => answer({ id, number: 3 }));
    expect(output).toEqual({ name: "waits/answer", data: { id, number: 3 } });
  });

  test("ends when its condition holds", async () => {
    const { id, ended } = await begin("condition");
    for (const amount of [1, 10]) await answer({ id, amount });
    await answer({ id: "another", amount: 99 });
    await pause(300);
    const { output } = await until(ended, () => answer({ id, amount: 11 }));
    expect(output).toBe(11);
  });

  test("ends with nothing when the time is over", async () => {
    const { output } = await harness.run("waits/in-vain", {});
    expect(output).toMatchObject({ found: null });
    expect((output as { tookMs: number }).tookMs).toBeGreaterThanOrEqual(950);
  });

  test("sees an event that was sent in the same breath", async () => {
    const id = randomUUID();
    const { output } = await harness.run("waits/in-one-go", { id });
    expect(output).toEqual({ found: { id }, sent: 1 });
  });

  test("of two steps ends with one event", async () => {
    const { id, ended } = await begin("twice");
    const { output } = await until(ended, () => answer({ id }));
    expect(output).toEqual([id, id]);
  });
});

test("an event at the very end of a wait ends it once, in time or too late", async () => {
  const runs = Array.from({ length: 12 }, async (_, index) => {
    const { id, ended } = await begin("just-in-time");
    await pause(900 + index * 20);
    await answer({ id });
    return { id, output: (await ended()).output };
  });
  for (const { id, output } of await Promise.all(runs)) {
    expect(["in time", "too late"]).toContain(output);
    expect(harness.probe.count(`${id} after`)).toBe(1);
  }
});

test("steps of every kind go side by side", async () => {
  const { output } = await harness.run("waits/everything", { id: randomUUID() });
  expect(output).toEqual(["ran", "slept", 8, true, 1]);
});

describe.concurrent("invoking functions", () => {
  test("gives their results", async () => {
    const event = "inngest/function.invoked";
    expect((await harness.run("waits/invokes", {})).output).toEqual([
      { doubled: 2, event },
      { doubled: 4, event },
      { doubled: 6, event },
    ]);
  });

  test("throws their errors, and errors for those that are not there or take too long", async () => {
    const { output } = await harness.run("waits/invokes-in-vain", {});
    expect(output).toEqual([
      expect.stringMatching(/Error: the child fails$/),
      "Error: could not find function with ID: conformance-waits-there-is-none",
      "InngestInvokeTimeoutError: Timed out waiting for invoked function to complete",
    ]);
  });

  test("throws when the function's idempotency keeps it from running again", async () => {
    const id = randomUUID();
    const { output } = await harness.run("waits/invokes-twice", { id });
    expect(output).toEqual({ first: id, second: "invoked function is rate limited" });
  });

  test("gives the event that tells of the end when they are cancelled", async () => {
    const { id, ended } = await begin("invokes-cancelled");
    const { output } = await until(ended, () => harness.send("waits/cancel", { id }));
    expect(output).toMatchObject({
      name: "inngest/function.finished",
      data: { function_id: "conformance-waits-slow-child", _inngest: { status: "Cancelled" } },
    });
  });
});
