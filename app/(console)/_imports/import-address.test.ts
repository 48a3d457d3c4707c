import { expect, test } from "vitest";
import { importAddress } from "./import-address";

const STARTED = "2026-03-01T12:00:00.000Z";

test.each([
  ["draft", null, "/new?step=checks&import=01J"],
  ["draft", STARTED, "/new?step=checks&import=01J"],
  ["blocked", null, "/new?step=checks&import=01J"],
  ["blocked", STARTED, "/imports/01J"],
  ["queued", STARTED, "/imports/01J"],
  ["cancelled", null, "/imports/01J"],
] as const)("an import that is %s and was started at %s is found at %s", (status, startedAt, address) => {
  expect(importAddress({ id: "01J", status, startedAt })).toBe(address);
});
