import { describe, expect, it } from "vitest";
import { aTable, aView } from "@/app/_ui/fixtures/import-view";
import type { ImportView } from "@/lib/imports/view";
import { barLines, endLines, progressTo } from "./progress";

/** A stream that keeps what is written to it. */
function paper(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  return { written, sink: progressTo(stream as unknown as NodeJS.WriteStream) };
}

const event = (seq: number, message: string): ImportView["events"][number] => ({
  seq,
  message,
  at: "2026-03-01T12:00:00.000Z",
  level: "info",
  kind: "x",
});

describe("bars", () => {
  it("show the whole and what is under way", () => {
    const tables = [
      aTable({ state: "copying", rowsDone: 500, bytesDone: 40_000 }),
      aTable({ name: "lines", state: "indexing", bytesDone: 80_000 }),
      aTable({ name: "done", state: "done" }),
      aTable({ name: "waiting" }),
    ];
    const lines = barLines(aView({ tables }));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe("Copying orders.");
    expect(lines[1]).toMatch(/^█{10}░{14} {2}40 % {2}31\.3 kB, 3\.1 kB\/s$/);
    expect(lines[2]).toMatch(/^ {2}public\.orders +█{12}░{12} 500 rows$/);
    expect(lines[3]).toMatch(/^ {2}public\.lines +█{24} indexes$/);
  });

  it.each([
    [0, "    0 %"],
    [0.999, "   99 %"],
    [1, "  100 %"],
  ])("at %d never tell more than is done", (fraction, words) => {
    const [, line] = barLines(aView({ progress: { ...aView().progress, fraction } }));
    expect(line).toContain(words.trimStart());
  });

  it("do not grow past a screen", () => {
    const tables = Array.from({ length: 50 }, (_, index) => aTable({ name: `t${index}`, state: "copying" }));
    expect(barLines(aView({ tables })).length).toBeLessThanOrEqual(10);
  });
});

describe("a statement that takes long", () => {
  it("is a line with what its server says", () => {
    const statement = { lane: 1, kind: "index" as const, subject: "public.orders_idx" };
    const said = (phase: string, fraction: number | null) =>
      barLines(aView({ statements: [{ ...statement, phase, fraction }] })).at(-1);
    expect(said("scanning table", 0.25)).toMatch(/^ {2}public\.orders_idx +█{6}░{18} scanning table$/);
    expect(said("waiting for writers", null)).toMatch(/^ {2}public\.orders_idx +░{24} waiting for writers$/);
  });
});

describe("large objects", () => {
  const objects = { objects: 1, bytes: 4_096, partsDone: 1, parts: 2 };
  const all = { ...objects, objects: 1_204, partsDone: 2 };

  it("are a line among the tables while they are under way", () => {
    expect(barLines(aView({ largeObjects: objects })).at(-1)).toMatch(/^ {2}large objects +█{12}░{12} 1, 4\.0 kB$/);
    expect(barLines(aView({ largeObjects: all })).join()).not.toContain("large objects");
    expect(barLines(aView({ largeObjects: { ...objects, bytes: 0 } })).join()).not.toContain("large objects");
  });

  it("are told once when all are there, and in the end", () => {
    const { written, sink } = paper(false);
    sink.show(aView({ largeObjects: objects }));
    sink.show(aView({ largeObjects: all }));
    sink.end(aView({ largeObjects: all }));
    expect(written.join("").split("\n")).toEqual([
      "large objects: 1204, 4.0 kB",
      "Copying orders.",
      "1 table, 0 rows, 31.3 kB.",
      "Of it 1204 large objects with 4.0 kB.",
      "",
    ]);
  });
});

describe("a terminal", () => {
  it("is drawn over, line by line, and no line wraps", () => {
    const { written, sink } = paper(true, 50);
    sink.show(aView({ tables: [aTable({ state: "copying", name: "n".repeat(60) })] }));
    sink.show(aView());
    expect(written[0]?.startsWith("\u001b")).toBe(false);
    expect(written[1]?.startsWith("\u001b[3A\u001b[J")).toBe(true);
    // What follows the last control sequence of each piece is what is seen.
    const seen = written.map((text) => text.slice(text.lastIndexOf("J") + 1));
    for (const line of seen.flatMap((text) => text.split("\n"))) expect(line.length).toBeLessThan(50);
  });
});

describe("plain lines", () => {
  it("tell each event and each finished table once, in order", () => {
    const { written, sink } = paper(false);
    const done = aTable({ parts: 2, partsDone: 2, rowsDone: 9, bytesDone: 2_048 });
    sink.show(aView({ events: [event(2, "second"), event(1, "first")], tables: [aTable({ parts: 2, partsDone: 1 })] }));
    sink.show(aView({ events: [event(3, "third"), event(2, "second"), event(1, "first")], tables: [done] }));
    sink.end(aView({ events: [event(3, "third")], tables: [done], headline: "All there." }));
    expect(written.join("").split("\n")).toEqual([
      "first",
      "second",
      "third",
      "public.orders: 9 rows, 2.0 kB",
      "All there.",
      "1 table, 9 rows, 31.3 kB.",
      "",
    ]);
  });
});

describe("the end", () => {
  it("names differences, what was left out, and what to do", () => {
    const lines = endLines(
      aView({
        skipped: [{ object: "x", reason: "y" }],
        error: { code: "verify.differences", what: "w", unharmed: "Nothing was harmed.", remedy: "Look at it." },
        verification: {
          status: "differences",
          compared: 2,
          objects: null,
          differences: [
            { subject: "public.orders", kind: "rows", source: "8", target: "7", detail: null },
            { subject: "index public.i", kind: "object", source: "present", target: "missing", detail: "why" },
          ],
        },
      }),
    );
    expect(lines.slice(2)).toEqual([
      "Left out: 1 object (see --json).",
      "  rows of public.orders: source 8, target 7",
      "  index public.i: source present, target missing (why)",
      "Nothing was harmed.",
      "Look at it.",
    ]);
  });
});
