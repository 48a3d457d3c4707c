import { expect, test } from "vitest";
import { parsePostmasterFile } from "./postmaster";

const file = (status: string) => `4711\n/srv/data\n1700000000\n54321\n\n127.0.0.1\n  5432001    32768\n${status}\n`;

test.each([
  ["ready   ", true],
  ["starting", false],
  ["stopping", false],
])("status %s", (status, ready) => {
  expect(parsePostmasterFile(file(status))).toEqual({ pid: 4711, port: 54321, ready });
});

test("a file that is being written has no port yet", () => {
  expect(parsePostmasterFile("4711\n/srv/data\n")).toEqual({ pid: 4711, port: 0, ready: false });
});

test.each(["", "\n", "-4711\n", "word\n", "0\n"])("no process in %j", (text) => {
  expect(parsePostmasterFile(text)).toBeNull();
});
