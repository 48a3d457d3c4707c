import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canReach, choosePlace, type PathFacts } from "./reach";

const nobody = { uid: 65534, gid: 65534 };
const folder = (path: string, mode: number, uid = 0, gid = 0): PathFacts => ({ path, mode: 0o40000 | mode, uid, gid });

describe("canReach", () => {
  test.each<[string, boolean, PathFacts[]]>([
    ["a clone under /srv", true, [folder("/", 0o755), folder("/srv", 0o755), folder("/srv/ferry", 0o755)]],
    ["a clone under /root", false, [folder("/", 0o755), folder("/root", 0o700), folder("/root/ferry", 0o755)]],
    ["a folder that may be entered but not listed", true, [folder("/", 0o755), folder("/srv", 0o711)]],
    ["a folder of its own", true, [folder("/", 0o755), folder("/data", 0o700, 65534)]],
    ["its own folder without the bit for itself", false, [folder("/data", 0o077, 65534)]],
    ["a folder of its group", true, [folder("/data", 0o710, 0, 65534)]],
    ["its group's folder without the bit for the group", false, [folder("/data", 0o701, 0, 65534)]],
  ])("%s: %s", (_, expected, chain) => {
    expect(canReach(nobody, chain)).toBe(expected);
  });

  test("reading the last asks for more than walking there", () => {
    const chain = [folder("/srv", 0o711), folder("/srv/program", 0o711)];
    expect(canReach(nobody, chain)).toBe(true);
    expect(canReach(nobody, chain, { read: true })).toBe(false);
    expect(canReach(nobody, [folder("/srv", 0o711), folder("/srv/program", 0o755)], { read: true })).toBe(true);
  });

  test("one closed folder anywhere closes the path", () => {
    const open = fc.constantFrom(0o755, 0o711, 0o777).map((mode) => folder("/x", mode));
    fc.assert(
      fc.property(fc.array(open), fc.array(open), (before, after) => {
        expect(canReach(nobody, [...before, folder("/closed", 0o700), ...after])).toBe(false);
        expect(canReach(nobody, [...before, ...after])).toBe(true);
      }),
    );
  });
});

describe("choosePlace", () => {
  const closed = { path: "/root/ferry/.ferry", chain: [folder("/", 0o755), folder("/root", 0o700)] };
  const open = { path: "/srv/ferry/.ferry", chain: [folder("/", 0o755), folder("/srv", 0o755)] };

  test("everyone but root runs servers as themselves, where they are", () => {
    expect(choosePlace(null, closed, "/var/lib/ferry/x")).toBe(closed.path);
  });
  test("root keeps data in the project when the servers' user gets there", () => {
    expect(choosePlace(nobody, open, "/var/lib/ferry/x")).toBe(open.path);
  });
  test("and elsewhere when not", () => {
    expect(choosePlace(nobody, closed, "/var/lib/ferry/x")).toBe("/var/lib/ferry/x");
  });
});
