import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columns, complete, failure, message, ready, row, signIn, status, welcome } from "@/e2e/hostile/messages";
import { WIRE_LIMITS, WireBounds, WireBroken } from "./wire-bounds";

const answer = (rows: number, text = "x") =>
  Buffer.concat([columns(["a"]), ...Array(rows).fill(row([text])), complete(`SELECT ${rows}`), ready()]);
const loggedIn = (limits = {}) => {
  const bounds = new WireBounds({ ...WIRE_LIMITS, ...limits });
  bounds.scan(welcome());
  return bounds;
};

it("passes on what an honest server says, whatever pieces it comes in, a whole message at a time", () => {
  const said = [
    welcome(),
    status("TimeZone", "UTC"),
    failure("no", { type: "N" }),
    answer(3, "żółć"),
    message("D", Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(4, 255)])),
    message("A", "\0\0\0\x01channel\0words\0"),
    message("d", "a row"),
    message("c"),
    ready(),
  ];
  const whole = Buffer.concat(said);
  const ends = new Set(said.flatMap((_, at) => Buffer.concat(said.slice(0, at + 1)).length));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
      const bounds = new WireBounds();
      let passed = Buffer.alloc(0);
      for (let at = 0, turn = 0; at < whole.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        passed = Buffer.concat([passed, bounds.scan(whole.subarray(at, at + size))]);
        at += size;
      }
      expect(passed.equals(whole)).toBe(true);
    }),
  );
  const bounds = new WireBounds();
  const first = bounds.scan(whole.subarray(0, welcome().length + 3));
  expect(ends.has(first.length)).toBe(true);
});

it("holds a long row once, and passes it on when it is whole", () => {
  const bounds = loggedIn();
  bounds.scan(columns(["a"]));
  const long = row(["x".repeat(5_000_000)]);
  for (let at = 0; at < long.length; at += 65_536) {
    const passed = bounds.scan(long.subarray(at, at + 65_536));
    expect(passed.length).toBe(at + 65_536 < long.length ? 0 : long.length);
  }
});

describe("ends with", () => {
  const refused = (bounds: WireBounds, ...said: Buffer[]) => expect(() => said.map((one) => bounds.scan(one)));

  it("more rows than are kept, and counts anew for each answer", () => {
    const bounds = loggedIn({ answerBytes: 100_000 });
    for (let each = 0; each < 20; each++) bounds.scan(answer(500));
    refused(bounds, answer(5_000)).toThrow("an answer of more than");
  });

  it("a login that does not end", () => {
    refused(new WireBounds(), signIn(0), ...Array(2_000).fill(status("a", "b".repeat(1_000)))).toThrow(
      "a login that does not end",
    );
  });

  it("a message that is too long for its place, as soon as it says so", () => {
    refused(new WireBounds(), message("E", "", 70_000)).toThrow("70000 bytes");
    loggedIn().scan(message("E", "", 70_000));
    refused(loggedIn(), message("E", "", 3_000_000)).toThrow("3000000 bytes");
    loggedIn().scan(message("D", "", 3_000_000));
    refused(loggedIn(), message("D", "", 0xffffffff)).toThrow("4294967295 bytes");
  });

  it("anything but what it says to be", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        try {
          loggedIn().scan(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(WireBroken);
        }
      }),
    );
  });
});
