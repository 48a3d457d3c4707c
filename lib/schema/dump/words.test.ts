import { expect, it } from "vitest";
import { dumpArguments } from "./arguments";
import { failureWords } from "./words";

const progress = "pg_dump: last built-in OID is 16383\npg_dump: reading extensions\n";

it.each([
  [
    "an error with its details, without pg_dump's own query",
    `${progress}pg_dump: error: query failed: ERROR:  permission denied for table secret\npg_dump: detail: Query was: LOCK TABLE a, b IN ACCESS SHARE MODE\n`,
    "query failed: ERROR:  permission denied for table secret",
  ],
  [
    "an error whose query goes over several lines, and what follows it",
    `${progress}pg_dump: error: query failed: gone\npg_dump: detail: Query was: SELECT a,\nb\n\nFROM c\npg_dump: hint: try again\n`,
    "query failed: gone try again",
  ],
  [
    "an error of several lines",
    `${progress}pg_dump: error: connection lost\n\tThis probably means\nmore\n`,
    "connection lost This probably means more",
  ],
  ["a warning, where there is nothing else", "pg_dump: warning: odd\n", "warning: odd"],
  ["nothing but progress", progress, ""],
])("tells %s", (_, said, told) => {
  expect(failureWords(said)).toBe(told);
});

it("asks for a snapshot and leaves out what it is told to, whatever the names", () => {
  const args = dumpArguments({
    snapshot: "00000003-1",
    lockTimeoutMs: 100,
    serverEncoding: "LATIN1",
    excludeSchemas: ['odd*"?'],
    excludeTables: [{ schema: "a.b", name: "c d" }],
  });
  expect(args).toContain("--snapshot=00000003-1");
  expect(args).toContain('--exclude-schema="odd*""?"');
  expect(args).toContain('--exclude-table="a.b"."c d"');
});
