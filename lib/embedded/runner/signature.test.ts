import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FerryError } from "@/lib/errors/ferry-error";
import { checkSigningKey, isBearer, isSameSecret, isSigned, sign } from "./signature";

const KEY = "00112233445566778899aabbccddeeff";
const NOW = Date.UTC(2030, 0, 1);
const MINUTE = 60_000;

describe("isSigned", () => {
  test("what was signed with the same key, for five minutes either way", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -4 * MINUTE, max: 4 * MINUTE }), (body, laterMs) => {
        expect(isSigned(body, sign(body, KEY, NOW), KEY, NOW + laterMs)).toBe(true);
      }),
    );
    expect(isSigned("body", sign("body", KEY, NOW), KEY, NOW + 6 * MINUTE)).toBe(false);
    expect(isSigned("body", sign("body", KEY, NOW), KEY, NOW - 6 * MINUTE)).toBe(false);
  });

  test("nothing that was changed", () => {
    const header = sign("body", KEY, NOW);
    const changed = [undefined, "", "t=&s=", header.replace(/.$/, "_"), header.replace("t=", "t=1"), "t=abc&s=def"];
    for (const other of changed) expect(isSigned("body", other, KEY, NOW)).toBe(false);
    expect(isSigned("Body", header, KEY, NOW)).toBe(false);
    expect(isSigned("body", header, KEY.replace("0", "1"), NOW)).toBe(false);
  });

  test("in the form that Inngest sends", () => {
    expect(sign("{}", KEY, NOW)).toMatch(/^t=1893456000&s=[0-9a-f]{64}$/);
  });
});

test("isBearer knows the hash of the key, and not the key", () => {
  const hashed = createHash("sha256").update(Buffer.from(KEY, "hex")).digest("hex");
  expect(isBearer(`Bearer ${hashed}`, KEY)).toBe(true);
  for (const header of [undefined, "", "Bearer ", `Bearer ${KEY}`, hashed]) expect(isBearer(header, KEY)).toBe(false);
});

test("isSameSecret", () => {
  expect(isSameSecret("a", "a")).toBe(true);
  expect(isSameSecret("a", "ab")).toBe(false);
});

test.each(["", "abc", "xyz0", `signkey-prod-${KEY}`])("the key %j is refused", (key) => {
  expect(() => checkSigningKey(key)).toThrow(FerryError);
});
