import { describe, expect, it } from "vitest";
import { readOptions, USAGE, UsageError } from "./arguments";

const defaults = {
  shape: { kind: "shop", scale: 1 },
  runs: 3,
  lanes: 2,
  from: 15,
  to: 15,
  ferryOnly: false,
  without: [],
  profile: false,
  json: false,
  keep: false,
  verify: "none",
};

describe("options", () => {
  it.each([
    [[], {}],
    [["--scale", "0.2", "--runs", "1"], { shape: { kind: "shop", scale: 0.2 }, runs: 1 }],
    [["--small-tables", "5000"], { shape: { kind: "small-tables", tables: 5_000 } }],
    [["--from", "14", "--to", "18", "--lanes=4"], { from: 14, to: 18, lanes: 4 }],
    [["--ferry-only", "--profile"], { ferryOnly: true, profile: true }],
    [["--without", "pgcopydb,pg_dump"], { without: ["pgcopydb", "pg_dump"] }],
    [["--json", "--keep"], { json: true, keep: true }],
    [["--verify", "checksums"], { verify: "checksums" }],
  ])("%j", (args, expected) => {
    expect(readOptions(args)).toEqual({ ...defaults, ...expected });
  });

  it.each([
    [["--scale", "0"], "--scale: a number above zero."],
    [["--scale", "large"], "--scale: a number above zero."],
    [["--scale="], "--scale: a number above zero."],
    [["--runs", "1.5"], "--runs: a whole number."],
    [["--small-tables", "-1"], "Option '--small-tables"],
    [["--from", "9"], "--from: one of 10, 11"],
    [["--profile"], "--profile goes with --ferry-only."],
    [["--scale", "1", "--small-tables", "9"], "exclude each other"],
    [["--speed", "1"], "Unknown option '--speed'"],
  ])("%j is refused", (args, message) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(message);
  });

  it("asks for help, which names every option", () => {
    expect(readOptions(["--help"])).toBeNull();
    const names = [
      "scale",
      "small-tables",
      "runs",
      "lanes",
      "from",
      "to",
      "ferry-only",
      "without",
      "profile",
      "keep",
      "json",
    ];
    for (const name of names) expect(USAGE).toContain(`--${name}`);
  });
});
