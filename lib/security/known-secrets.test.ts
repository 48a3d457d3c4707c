import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KnownSecrets, MOST_KNOWN } from "./known-secrets";

const HOUR = 3_600_000;
let known: KnownSecrets;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 0 });
  known = new KnownSecrets();
});
afterEach(() => vi.useRealTimers());

const all = () => known.longestFirst().map(({ secret }) => secret);
const pass = (hours: number) => vi.setSystemTime(Date.now() + hours * HOUR);

/** As many as there is room for, each a moment after the one before. */
function fill(): void {
  for (let number = 0; number < MOST_KNOWN; number++) {
    vi.setSystemTime(Date.now() + 1);
    known.remember(`other-${number}`);
  }
}

describe("a secret", () => {
  it("is known for hours after its last use, and not for ever", () => {
    known.remember("tulip");
    pass(5);
    known.remember("tulip");
    pass(5);
    expect(all()).toEqual(["tulip"]);
    pass(2);
    expect(all()).toEqual([]);
  });

  it("is known for as long as it is held, by however many", () => {
    const [first, second] = [known.hold(["tulip"]), known.hold(["tulip", "rose-garden"])];
    pass(100);
    expect(all()).toEqual(["rose-garden", "tulip"]);
    second();
    second();
    pass(7);
    expect(all()).toEqual(["tulip"]);
    first();
    pass(5);
    expect(all()).toEqual(["tulip"]);
    pass(2);
    expect(all()).toEqual([]);
  });

  it("makes room for newer ones, the one that was not used for longest first", () => {
    known.remember("older");
    known.remember("used again");
    vi.setSystemTime(10);
    known.remember("used again");
    vi.setSystemTime(20);
    for (let number = 0; number < MOST_KNOWN - 1; number++) known.remember(`other-${number}`);
    expect(all()).toHaveLength(MOST_KNOWN);
    expect(all()).not.toContain("older");
    expect(all()).toContain("used again");
  });

  it("that is held makes no room for any number of others", () => {
    const release = known.hold(["tulip"]);
    fill();
    fill();
    expect(all()).toHaveLength(MOST_KNOWN);
    expect(all()).toContain("tulip");
    release();
    fill();
    expect(all()).not.toContain("tulip");
  });

  it("is known also where all others are held", () => {
    for (let number = 0; number < MOST_KNOWN; number++) known.hold([`held-${number}`]);
    known.remember("tulip");
    expect(all()).toContain("tulip");
  });
});
