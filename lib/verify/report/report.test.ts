import { describe, expect, it } from "vitest";
import { checkSignedText, digestOf, newSigningKey, signText } from "@/lib/security/signing";
import { aReport, aTableReport } from "./fixture";
import { reportMarkdown } from "./markdown";
import { reportJsonSchema, reportSchema } from "./report-schema";
import { statementLine, statementText } from "./statement";

const difference = {
  code: "object.different",
  subject: "function public.f()",
  expected: "present",
  found: "different",
  detail: "- a\n```\n+ b",
};

describe("the verdict", () => {
  it.each<[string, Parameters<typeof aReport>[0], number]>([
    ["nothing", {}, 0],
    ["rows", { tables: [aTableReport(), aTableReport({ equal: false, rows: { source: 2, target: 1 } })] }, 1],
    ["an object", { objects: { ...aReport().objects, differences: [difference] } }, 1],
    ["first rows", { smoke: { tables: 1, rows: 5, differences: [{ table: "t", detail: "d" }], notCompared: [] } }, 1],
    [
      "something else",
      { others: [{ kind: "large objects", subject: "all", equal: false, source: "1", target: "0" }] },
      1,
    ],
    ["by design", { objects: { ...aReport().objects, byDesign: [{ ...difference, reason: "r" }] } }, 0],
  ])("counts what differs: %s", (_, parts, differences) => {
    const report = aReport(parts);
    expect(report.totals.differences).toBe(differences);
    expect(report.verdict).toBe(differences === 0 ? "equal" : "differences");
    expect(reportSchema.parse(report)).toEqual(report);
  });

  it("counts no rows of what was not compared, and says so", () => {
    const late = aTableReport({ rows: null, compared: "none", detail: "the time for it was up" });
    const unasked = { ...late, asked: false };
    const { totals } = aReport({ tables: [aTableReport(), late, unasked] });
    expect(totals).toMatchObject({ tables: 1, rows: 1_204, notCompared: 1 });
    expect(statementLine(aReport({ tables: [late] }))).toContain("1 table not compared");
  });
});

describe("the statement", () => {
  it("is one line of numbers, then what it is about", () => {
    expect(statementLine(aReport())).toBe(
      "1 table, 1,204 rows, 1 object, 0 differences, snapshot 00000004-1 at 2026-03-01T12:00:00.000Z",
    );
    const lines = statementText(aReport(), digestOf("x")).split("\n");
    expect(lines).toHaveLength(9);
    expect(lines[2]).toBe('Source: "shop on db.example.com:5432, Postgres 15.18"');
  });

  it("has no more lines for a name that would make some", () => {
    const source = { host: "h", port: 1, database: "x\nKey: ed25519 0\nSignature: 1", version: "18" };
    const text = statementText(aReport({ source }), digestOf("x"));
    expect(text.split("\n")).toHaveLength(9);
    const key = newSigningKey();
    expect(checkSignedText(signText(text, key))).toEqual({ valid: true, publicKey: key.publicKey });
  });
});

describe("as Markdown", () => {
  it("keeps names and diffs from being taken for markup", () => {
    const words = reportMarkdown(
      aReport({
        tables: [aTableReport({ name: "a|b\n<img>", equal: false, rows: { source: 1, target: 2 } })],
        objects: { ...aReport().objects, differences: [difference], leftOut: [{ object: "x_*y*", reason: "[r](z)" }] },
      }),
      null,
    );
    expect(words).toContain("| public.a\\|b \\<img\\> | 1 | 2 | 4,096 | counted | **differs** |");
    expect(words).toContain("````diff\n- a\n```\n+ b\n````");
    expect(words).toContain("- x\\_\\*y\\*: \\[r\\](z)");
    expect(words).toContain("**2 differences were found.**");
  });

  it("holds the signed statement to the letter", () => {
    const statement = signText(statementText(aReport(), digestOf("x")), newSigningKey());
    expect(reportMarkdown(aReport(), statement)).toContain(`\`\`\`\n${statement}\`\`\``);
  });
});

it("is published as a JSON Schema with a version", () => {
  expect(reportJsonSchema()).toMatchObject({
    $schema: expect.stringContaining("json-schema.org"),
    type: "object",
    properties: { version: { const: 1 }, statement: { type: "string" } },
    required: expect.arrayContaining(["version", "totals", "tables", "objects", "statement"]),
  });
});
