import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONDITIONS, EVENT_DATA } from "./conditions";
import { eventFunctions } from "./events.functions";
import { eventually, type Harness, isOwnEngine, openHarness, pause } from "./harness";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("events", eventFunctions);
});
afterAll(() => harness.close());

/** What has started under a key, once nothing more seems to come. */
async function started(key: string, atLeast: number): Promise<unknown[]> {
  const enough = () => (harness.probe.count(`${key} started`) >= atLeast ? true : undefined);
  await eventually(enough, `${atLeast} runs`);
  await pause(700);
  return harness.probe.values(`${key} started`);
}

function post(body: string, headers: Record<string, string> = {}, eventKey = harness.engine.eventKey) {
  return fetch(`${harness.engine.url}/e/${eventKey}`, { method: "POST", body, headers });
}

describe.concurrent("an event", () => {
  test("starts the functions whose condition holds", async () => {
    const key = randomUUID();
    await harness.send("events/conditional", { key, ...EVENT_DATA });
    const holding = CONDITIONS.filter(({ holds }) => holds).map(({ condition }) => condition);
    expect((await started(key, holding.length)).sort()).toEqual(holding.sort());
  });

  test("starts functions on patterns of its name", async () => {
    const key = randomUUID();
    await harness.send("events/wild.card", { key });
    expect((await started(key, 3)).sort()).toEqual(["events/*", "events/wild.*", "events/wild.card"]);
  });

  test("starts a function once though several of its triggers match", async () => {
    const key = randomUUID();
    await harness.send("events/several", { key });
    expect(await started(key, 1)).toHaveLength(1);
  });

  test("starts a function once however often it is sent with the same id", async () => {
    const key = randomUUID();
    for (let time = 0; time < 3; time++) await harness.send("events/once", { key }, { id: key });
    expect(await started(key, 1)).toEqual([{ id: key, runId: expect.any(String) }]);
    await Promise.all([1, 2, 3].map(() => harness.send("events/once", { key }, { id: key })));
    expect(await started(key, 1)).toHaveLength(1);
  });

  test("starts a function once for each value of its idempotency expression", async () => {
    const key = randomUUID();
    const ids = [`${key} a`, `${key} b`, `${key} a`, `${key} a`];
    await Promise.all(ids.map((importId) => harness.send("events/idempotent", { key, importId })));
    expect((await started(key, 2)).sort()).toEqual([`${key} a`, `${key} b`]);
  });

  test("sent again with the SDK's seed is known", async () => {
    const key = randomUUID();
    const seed = `${Date.now()},${Buffer.from(key.slice(0, 10)).toString("base64")}`;
    const body = JSON.stringify([
      { name: "events/once", data: { key } },
      { name: "events/once", data: { key } },
    ]);
    const answers: unknown[] = [];
    for (let time = 0; time < 2; time++) {
      answers.push(await (await post(body, { "x-inngest-event-id-seed": seed })).json());
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(await started(key, 2)).toHaveLength(2);
  });

  test("sent twice by a step starts two runs", async () => {
    const key = randomUUID();
    expect((await harness.run("sending/twice", { key })).output).toBe(2);
    const runs = (await started(key, 2)) as { runId: string }[];
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(2);
  });
});

describe.concurrent("refused are", () => {
  test.each([
    ["no JSON", "not json", 400],
    ["a number", "42", 400],
    ["an event without a name", '{"data":{}}', 400],
    ["an event in the engine's name", '{"name":"inngest/function.failed","data":{}}', 400],
    ["an event from before computers", '{"name":"events/once","data":{},"ts":1}', 400],
    ["a list with one bad event", '[{"name":"events/once","data":{"key":"never"}},{"data":{}}]', 400],
  ])("%s", async (_, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, error: expect.any(String) });
    if (isOwnEngine) expect(harness.probe.count("never started")).toBe(0);
  });

  test("events that are too large", async () => {
    const text = "x".repeat(4 * 1024 * 1024);
    await expect(harness.send("events/once", { key: "large", text })).rejects.toThrow(
      /too large|max size|process event/,
    );
  });

  test.skipIf(!isOwnEngine && harnessHasNoKeys())("events with another key", async () => {
    const response = await post('{"name":"events/once","data":{"key":"never"}}', {}, "another");
    expect(response.status).toBe(401);
  });
});

/** `inngest dev` takes events with any key. */
function harnessHasNoKeys(): boolean {
  return process.env.FERRY_ENGINE_EVENT_KEY === undefined;
}
