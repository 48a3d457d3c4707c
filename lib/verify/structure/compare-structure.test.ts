import { describe, expect, it } from "vitest";
import { compareSequences, type SequenceReadings, sequenceName } from "./compare-sequences";
import { compareStructure, type StructureOptions } from "./compare-structure";
import type { SequenceFact, StructureFacts } from "./facts";

const none: StructureFacts = { role: "me", relations: [], indexes: [], constraints: [], sequences: [] };
const options: StructureOptions = { ownership: { mode: "none" }, withData: true };
const codes = (
  source: Partial<StructureFacts>,
  target: Partial<StructureFacts>,
  more: Partial<StructureOptions> = {},
) =>
  compareStructure({ ...none, ...source }, { ...none, ...target }, { ...options, ...more }).map(
    ({ code, subject }) => `${code} ${subject}`,
  );

const index = { schema: "s", name: "i", valid: true, ready: true };
const key = { schema: "s", table: "t", name: "k", validated: true, enabled: true };
const view = { schema: "s", name: "m", kind: "m", owner: "me", populated: true, analysed: true };
const table = { ...view, kind: "r", name: "t" };

describe("the state of objects", () => {
  it.each<[string, string[], string[]]>([
    [
      "an index that is not valid",
      codes({ indexes: [index] }, { indexes: [{ ...index, valid: false }] }),
      ["index.invalid index s.i"],
    ],
    [
      "an index that takes no rows",
      codes({ indexes: [index] }, { indexes: [{ ...index, ready: false }] }),
      ["index.not_ready index s.i"],
    ],
    [
      "an index that the source's is no better than",
      codes({ indexes: [{ ...index, valid: false }] }, { indexes: [{ ...index, valid: false }] }),
      [],
    ],
    ["an object that only one side has", codes({ indexes: [index] }, {}), []],
    [
      "a key that is not valid",
      codes({ constraints: [key] }, { constraints: [{ ...key, validated: false }] }),
      ["constraint.not_valid constraint s.t k"],
    ],
    [
      "a key of another table",
      codes({ constraints: [key] }, { constraints: [{ ...key, table: "u", validated: false }] }),
      [],
    ],
    [
      "a key that nothing keeps",
      codes({ constraints: [key] }, { constraints: [{ ...key, enabled: false }] }),
      ["constraint.disabled constraint s.t k"],
    ],
    [
      "a view without rows",
      codes({ relations: [view] }, { relations: [{ ...view, populated: false }] }),
      ["view.not_populated materialized view s.m"],
    ],
    [
      "a view without rows where none were asked for",
      codes({ relations: [view] }, { relations: [{ ...view, populated: false }] }, { withData: false }),
      [],
    ],
    [
      "a table without statistics",
      codes({ relations: [table] }, { relations: [{ ...table, analysed: false }] }),
      ["statistics.missing table s.t"],
    ],
    [
      "a table whose statistics nobody can see",
      codes({ relations: [table] }, { relations: [{ ...table, analysed: null }] }),
      [],
    ],
    [
      "another owner",
      codes({ relations: [{ ...table, owner: "boss" }] }, { relations: [{ ...table, owner: "boss" }] }),
      ["owner.different table s.t"],
    ],
    [
      "another owner where they are kept",
      codes({ relations: [table] }, { relations: [{ ...table, owner: "boss" }] }, { ownership: { mode: "keep" } }),
      [],
    ],
    [
      "an index that was moved",
      codes({ indexes: [index] }, { indexes: [{ ...index, schema: "u", valid: false }] }, { movedSchemas: { s: "u" } }),
      ["index.invalid index u.i"],
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

const sequence = (lastValue: string | null, more: Partial<SequenceFact> = {}): SequenceFact => ({
  schema: "s",
  name: "n",
  lastValue,
  isCalled: true,
  increment: "1",
  cycles: false,
  column: null,
  ...more,
});

describe("sequences", () => {
  const now = (fact: SequenceFact): SequenceReadings => ({ sourceNow: new Map([[sequenceName(fact), fact]]) });
  it.each<[string, SequenceFact, SequenceFact, SequenceReadings, string | null]>([
    ["as it was", sequence("5"), sequence("5"), {}, null],
    ["one behind", sequence("5"), sequence("4"), {}, "sequence.behind"],
    [
      "of more digits than a number holds",
      sequence("9007199254740993"),
      sequence("9007199254740992"),
      {},
      "sequence.behind",
    ],
    ["the value not given out yet", sequence("5"), sequence("5", { isCalled: false }), {}, "sequence.behind"],
    ["told in another way", sequence("5"), sequence("6", { isCalled: false }), {}, null],
    ["between then and now", sequence("5"), sequence("8"), now(sequence("9")), null],
    ["beyond now", sequence("5"), sequence("10"), now(sequence("9")), "sequence.ahead"],
    ["beyond now, in use since", sequence("5"), sequence("10"), { ...now(sequence("9")), targetMayMove: true }, null],
    [
      "downwards, behind",
      sequence("-5", { increment: "-1" }),
      sequence("-4", { increment: "-1" }),
      {},
      "sequence.behind",
    ],
    [
      "downwards, ahead",
      sequence("-5", { increment: "-1" }),
      sequence("-6", { increment: "-1" }),
      now(sequence("-5", { increment: "-1" })),
      "sequence.ahead",
    ],
    [
      "come round",
      sequence("9", { cycles: true }),
      sequence("1", { cycles: true }),
      now(sequence("2", { cycles: true })),
      null,
    ],
    [
      "that comes round, but has not",
      sequence("9", { cycles: true }),
      sequence("1", { cycles: true }),
      now(sequence("9", { cycles: true })),
      "sequence.behind",
    ],
    [
      "below its rows",
      sequence("5"),
      sequence("8"),
      { largest: new Map([["s.n", "9"]]), targetMayMove: true },
      "sequence.below_rows",
    ],
    [
      "just beyond its rows",
      sequence("5"),
      sequence("8"),
      { largest: new Map([["s.n", "8"]]), targetMayMove: true },
      null,
    ],
    ["that may not be read", sequence(null), sequence("1"), {}, null],
  ])("%s", (_, was, is, readings, code) => {
    expect(compareSequences([[was, is]], readings).map((difference) => difference.code)).toEqual(code ? [code] : []);
  });
});
