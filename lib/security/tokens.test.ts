import { expect, it } from "vitest";
import { hashToken, isToken, newToken } from "./tokens";

it("makes tokens of 256 bits that go into a URL as they are", () => {
  const tokens = Array.from({ length: 500 }, newToken);
  expect(new Set(tokens).size).toBe(500);
  for (const token of tokens) {
    expect(isToken(token)).toBe(true);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(encodeURIComponent(token)).toBe(token);
  }
});

it("keeps a digest that does not hold the token", () => {
  const token = newToken();
  expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashToken(token)).toBe(hashToken(token));
  expect(hashToken(token)).not.toContain(token);
});

it.each([
  "",
  "short",
  "a".repeat(42),
  "a".repeat(44),
  `${"a".repeat(42)}=`,
  `${"a".repeat(42)}\n`,
  `${"a".repeat(42)}'`,
])("knows that %j is none", (text) => expect(isToken(text)).toBe(false));
