import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureFunctions } from "./failures.functions";
import { type Harness, isOwnEngine, openHarness } from "./harness";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("failures", failureFunctions);
});
afterAll(() => harness.close());

const run = async (event: string) => {
  const key = randomUUID();
  return { key, ...(await harness.run(`failures/${event}`, { key })) };
};
const count = (key: string, what: string) => harness.probe.count(`${key} ${what}`);

describe.concurrent("failures", () => {
  test("a step is tried again until it works, and the steps before it are not", async () => {
    const { key, output } = await run("flaky");
    expect(output).toEqual({ before: 1, result: "at last" });
    expect(harness.probe.values(`${key} attempts`)).toEqual([0, 1, 2]);
    expect(count(key, "before")).toBe(1);
  });

  test("a step that fails for good is an error in the function, which may go on", async () => {
    const { key, output } = await run("caught");
    expect(output).toEqual({ name: "OwnError", message: "no", cause: "the root", after: "went on" });
    expect(count(key, "fails")).toBe(2);
  });

  test("an error nobody catches fails the run, and onFailure gets it with the event", async () => {
    const { key, status, output } = await run("uncaught");
    expect(status).toBe("failed");
    expect(output).toMatchObject({ name: "OwnError", message: "nobody catches this" });
    expect(count(key, "fails")).toBe(2);
    expect(await harness.probe.first(`${key} onFailure`)).toEqual({
      name: "OwnError",
      message: "nobody catches this",
      of: "conformance-failures-uncaught",
      data: { key },
    });
  });

  test("NonRetriableError is tried once, in a step and in the function", async () => {
    const { key, status, output } = await run("final");
    expect(status).toBe("failed");
    expect(output).toMatchObject({ message: "gave up: never again" });
    expect([count(key, "step"), count(key, "body")]).toEqual([1, 1]);
  });

  test("RetryAfterError waits as long as it says", async () => {
    const { key, output } = await run("later");
    expect(output).toBe("done");
    const [first, second] = harness.probe.values(`${key} times`).map(Number);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(900);
    expect(Number(second) - Number(first)).toBeLessThan(isOwnEngine ? 6_000 : 30_000);
  });

  test("a function that throws outside of steps is tried again", async () => {
    const { key, output } = await run("body");
    expect(output).toBe(1);
    expect(harness.probe.values(`${key} attempts`)).toEqual([0, 1]);
  });

  test("a function that says nothing about retries has five attempts", async () => {
    const { output } = await run("by-default");
    expect(output).toEqual({ attempt: 0, maxAttempts: 5 });
  });

  test("one of several parallel steps may fail for good", async () => {
    const { key, output } = await run("one-of-three");
    expect(output).toEqual([1, "two", 3]);
    expect([1, 2, 3].map((number) => count(key, `step ${number}`))).toEqual([1, 2, 1]);
  });
});
