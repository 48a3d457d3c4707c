import { describe, expect, it } from "vitest";
import { shortcutFor, shortcuts } from "./shortcut-keys";

describe("keys that are shortcuts", () => {
  it.each<[key: string, before: string | null, expected: unknown]>([
    ["?", null, { show: true }],
    ["?", "g", { show: true }],
    ["/", null, { search: true }],
    ["i", "g", { href: "/" }],
    ["n", "g", { href: "/new" }],
    ["i", null, null],
    ["i", "x", null],
    ["g", null, null],
    ["g", "g", null],
  ])("%s after %s", (key, before, expected) => expect(shortcutFor(key, before)).toEqual(expected));

  it("has none that is the beginning of another", () => {
    const single = shortcuts.filter(({ keys }) => keys.length === 1).map(({ keys }) => keys[0]);
    const begun = shortcuts.filter(({ keys }) => keys.length > 1).map(({ keys }) => keys[0]);
    expect(single.filter((key) => begun.includes(key))).toEqual([]);
  });
});
