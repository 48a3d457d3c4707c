import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { controlFunctions } from "./control.functions";
import { type Harness, isOwnEngine, openHarness, pause } from "./harness";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("control", controlFunctions);
});
afterAll(() => harness.close());

async function begin(event: string, id?: string) {
  const key = randomUUID();
  const eventId = await harness.send(`control/${event}`, { key, ...(id !== "" && { id: id ?? key }) });
  await harness.probe.first(`${key} ready`);
  await pause(300);
  return { key, ended: () => harness.ended(eventId) };
}
const send = (event: string, data: Record<string, unknown>) => harness.send(`control/${event}`, data);

describe.concurrent("a run is cancelled", () => {
  test("while it sleeps, and nothing of it runs any more", async () => {
    const { key, ended } = await begin("sleeps");
    await send("cancel", { id: key });
    expect((await ended()).status).toBe("cancelled");
    await pause(4_500);
    expect(harness.probe.count(`${key} after`)).toBe(0);
  });

  test("while a step runs: the step ends, and nothing after it begins", async () => {
    const { key, ended } = await begin("works");
    await send("cancel", { id: key });
    expect((await ended()).status).toBe("cancelled");
    await pause(2_500);
    expect(harness.probe.count(`${key} worked`)).toBe(1);
    expect(harness.probe.count(`${key} after`)).toBe(0);
  });

  test("when a condition holds, not before", async () => {
    const { key, ended } = await begin("sleeps");
    await send("cancel-if", { id: key, force: false });
    await pause(500);
    await send("cancel-if", { id: key, force: true });
    const { status } = await ended();
    expect(status).toBe("cancelled");
  });

  test("only by an event about it, and only in time", async () => {
    const { key, ended } = await begin("sleeps");
    await send("cancel", { id: "another" });
    await send("cancel", {});
    await pause(1_200);
    await send("cancel-soon", { id: key });
    expect(await ended()).toMatchObject({ status: "completed", output: "slept" });
  });

  test("by an event without an id when it has none either", async () => {
    const { ended } = await begin("sleeps", "");
    await send("cancel", {});
    expect((await ended()).status).toBe("cancelled");
  });
});

describe.concurrent("concurrency", () => {
  test("is limited for each value of its key", async () => {
    const key = randomUUID();
    const tenants = ["a", "b", "a", "a", "b", "a"];
    const events = await Promise.all(tenants.map((tenant) => send("limited", { key, tenant })));
    await Promise.all(events.map((id) => harness.ended(id)));
    for (const tenant of ["a", "b"]) expect(harness.probe.most(`${key} ${tenant}`)).toBeLessThanOrEqual(2);
    expect(harness.probe.most(`${key} a`)).toBe(2);
    if (isOwnEngine) expect(harness.probe.most(`${key} all`)).toBe(4);
  });

  test("counts what runs, not what sleeps", async () => {
    const key = randomUUID();
    const events = await Promise.all([1, 2, 3].map(() => send("single", { key })));
    const ends = await Promise.all(events.map((id) => harness.ended(id)));
    expect(harness.probe.most(`${key} single`)).toBe(1);
    expect(harness.probe.count(`${key} single`)).toBe(3);
    const [first, second] = ends
      .map(({ output }) => output as { begin: number; end: number })
      .sort((a, b) => a.begin - b.begin);
    // Inngest's own server looks again only after 5 s when a place was taken.
    if (isOwnEngine) expect(second?.begin).toBeLessThan(first?.end ?? 0);
  });
});
