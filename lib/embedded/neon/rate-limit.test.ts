import { expect, test } from "vitest";
import { RateLimit } from "./rate-limit";

test("so many a minute; the wait is until the first of them is a minute ago", () => {
  const limit = new RateLimit();
  limit.count(2, 0);
  limit.count(2, 20_000);
  expect(() => limit.count(2, 30_000)).toThrow(expect.objectContaining({ status: 429, retryAfterSeconds: 30 }));
  limit.count(2, 60_000);
  expect(() => limit.count(2, 60_001)).toThrow(expect.objectContaining({ retryAfterSeconds: 20 }));
});

test("without a limit nothing is counted", () => {
  const limit = new RateLimit();
  for (let call = 0; call < 10_000; call++) limit.count(undefined, 0);
  expect(() => limit.count(1, 0)).not.toThrow();
});
