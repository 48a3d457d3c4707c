import { expect, test } from "vitest";
import { safePath } from "./safe-path";

test.each<[string | string[] | undefined, string]>([
  ["/imports/01J?tab=log", "/imports/01J?tab=log"],
  ["/", "/"],
  [undefined, "/"],
  [["/a", "/b"], "/"],
  ["", "/"],
  ["imports", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/\n/evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
])("%j leads to %s", (asked, path) => {
  expect(safePath(asked)).toBe(path);
  // As a browser reads it.
  expect(new URL(safePath(asked), "https://ferry.example").host).toBe("ferry.example");
});
