import { expect, test } from "vitest";
import { Doorbell } from "./doorbell";

test("ends the present sleep or the next one", async () => {
  const bell = new Doorbell();
  const sleep = bell.sleep(10_000);
  bell.ring();
  expect(await sleep).toBe(true);
  bell.ring();
  bell.ring();
  expect(await bell.sleep(10_000)).toBe(true);
  expect(await bell.sleep(1)).toBe(false);
});
