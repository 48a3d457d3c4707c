import { expect, test } from "vitest";
import { CHECKSUMS_UP_TO_BYTES, type VerifyLevel, verifyLevel } from "./verify-level";

test.each<[VerifyLevel | null, number, VerifyLevel]>([
  [null, 0, "checksums"],
  [null, CHECKSUMS_UP_TO_BYTES, "checksums"],
  [null, CHECKSUMS_UP_TO_BYTES + 1, "counts"],
  ["checksums", 1e13, "checksums"],
  ["counts", 1, "counts"],
  ["none", 1, "none"],
])("who chose %s for %d bytes gets %s", (chosen, bytes, level) => {
  expect(verifyLevel(chosen, bytes)).toBe(level);
});
