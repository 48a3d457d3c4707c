import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLOUD_LIMITS } from "../tuning";
import { type Harness, isOwnEngine, openHarness } from "./harness";
import { limitFunctions } from "./limits.functions";

const MIB = 1024 * 1024;

let harness: Harness;
beforeAll(async () => {
  // Sizes of the cloud; only the number of steps one after the other and the size of a run are made quick to reach.
  harness = await openHarness("limits", limitFunctions, {
    limits: { ...CLOUD_LIMITS, steps: 20, runBytes: 6 * MIB },
  });
});
afterAll(() => harness.close());

const run = (event: string, data: Record<string, unknown> = {}) => harness.run(`limits/${event}`, data);

describe("limits", () => {
  test("a step result of up to 4 MB passes, a larger one fails the run", async () => {
    expect(await run("large-step", { bytes: 3.9 * MIB })).toMatchObject({ status: "completed" });
    const { status, output } = await run("large-step", { bytes: 4 * MIB });
    expect(status).toBe("failed");
    expect(JSON.stringify(output)).toMatch(/step output size is greater than the limit/);
  });

  test("a state over 4 MB is fetched by the app, and each step still runs once", async () => {
    const key = randomUUID();
    expect((await run("large-run", { steps: 5, key })).output).toBe(5 * MIB + 1);
    expect(harness.probe.count(`${key} small`)).toBe(1);
  });

  test("more parallel steps than a run may have fail it", async () => {
    const { status, output } = await run("wide", { steps: 1_001 });
    expect(status).toBe("failed");
    expect(output).toMatchObject({ message: expect.stringMatching(/exceeded the step limit of \d+ steps/) });
  });

  test("a sleep of more than a year fails the run", async () => {
    expect(await run("far-sleep")).toMatchObject({ status: "failed" });
  });

  // Reaching these in earnest takes minutes on any engine.
  test.skipIf(!isOwnEngine)("more steps than a run may have fail it", async () => {
    expect(await run("many-steps", { steps: 19 })).toMatchObject({ status: "completed" });
    const { status, output } = await run("many-steps", { steps: 21 });
    expect(status).toBe("failed");
    expect(output).toMatchObject({ name: "InngestErrFunctionOverflowed" });
  });

  test.skipIf(!isOwnEngine)("a larger state than a run may have fails it", async () => {
    const { status, output } = await run("large-run", { steps: 7 });
    expect(status).toBe("failed");
    expect(output).toMatchObject({ name: "InngestErrStateOverflowed" });
  });
});
