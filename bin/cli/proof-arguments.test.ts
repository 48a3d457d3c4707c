import { describe, expect, it } from "vitest";
import { importOptionsSchema } from "@/lib/plan/options";
import { readCommand, UsageError } from "./arguments";

const SOURCE = "postgres://u:s3cret-Word@h/d";
const TARGET = "postgres://v:0ther-Word@i/e";
const ENDS = ["--source", SOURCE, "--target", TARGET];
const options = importOptionsSchema.parse({});
const verify = { name: "verify", source: SOURCE, target: TARGET, options, form: "markdown", json: false };

describe("verifications and what they say", () => {
  it.each([
    [["verify", ...ENDS], verify],
    [["verify", ...ENDS, "--json"], { ...verify, form: "json", json: true }],
    [["verify", ...ENDS, "--schemas", "a"], { ...verify, options: { ...options, schemas: ["a"] } }],
    [["report", "01J"], { name: "report", reportOf: "01J", form: "markdown", json: false }],
    [["report", "01J", "--json"], { name: "report", reportOf: "01J", form: "json", json: true }],
    [["report", "01J", "--statement"], { name: "report", reportOf: "01J", form: "statement", json: false }],
    [["verify-statement", "f"], { name: "verify-statement", file: "f", key: undefined, json: false }],
    [["verify-statement", "f", "--key", "ab"], { name: "verify-statement", file: "f", key: "ab", json: false }],
    [["public-key"], { name: "public-key", json: false }],
  ])("%j", (args, command) => {
    expect(readCommand(args)).toEqual(command);
  });

  it.each([
    [["verify", "--source", SOURCE], "--target is missing"],
    [["verify", ...ENDS, "--lanes", "2"], "--lanes does not belong to verify."],
    [["verify", ...ENDS, "--json", "--markdown"], "--json and --markdown exclude each other."],
    [["verify", SOURCE, TARGET], "Nothing more is expected after verify."],
    [["report"], "ferry report takes one import."],
    [["report", "01J", "01K"], "ferry report takes one import."],
    [["report", "01J", "--key", "x"], "--key does not belong to report."],
    [["verify-statement"], "ferry verify-statement takes one file."],
    [["import", ...ENDS, "--statement"], "--statement does not belong to import or check."],
    [["pause", "01J", "--markdown"], "--markdown does not belong to pause."],
  ])("%j is wrong usage", (args, message) => {
    expect(() => readCommand(args)).toThrow(UsageError);
    expect(() => readCommand(args)).toThrow(message);
  });
});
