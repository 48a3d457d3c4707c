import { expect, it } from "vitest";
import { ringFor, untilRung } from "./bell";

const A_MINUTE_MS = 60_000;

it("wakes all who wait for the import, each once", async () => {
  const lanes = [untilRung("a", A_MINUTE_MS), untilRung("a", A_MINUTE_MS)];
  ringFor("a");
  ringFor("a");
  await Promise.all(lanes);
});

it("does not wake those of another import, who look by themselves when the time is up", async () => {
  let woken = false;
  const other = untilRung("b", 100).then(() => {
    woken = true;
  });
  ringFor("a");
  await Promise.resolve();
  expect(woken).toBe(false);
  await other;
});
