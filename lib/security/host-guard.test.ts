import { expect, test } from "vitest";
import { isOwnHost } from "./host-guard";

test.each([
  ["127.0.0.1:3000", true],
  ["localhost", true],
  ["LOCALHOST:3000", true],
  ["[::1]:3000", true],
  ["evil.example", false],
  ["127.0.0.1.evil.example:3000", false],
  ["localhost.evil.example", false],
  ["evil.example:127", false],
  ["", false],
  [null, false],
])("embedded, Host %j: %j", (host, allowed) => {
  expect(isOwnHost(host, "embedded")).toBe(allowed);
});

test("a hosted Ferry has a name of its own", () => {
  expect(isOwnHost("ferry.example", "hosted")).toBe(true);
});
