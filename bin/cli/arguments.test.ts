import { describe, expect, it } from "vitest";
import { importOptionsSchema } from "@/lib/plan/options";
import { readCommand, USAGE, UsageError } from "./arguments";

const SOURCE = "postgres://u:s3cret-Word@h/d";
const TARGET = "postgres://v:0ther-Word@i/e";

const ENDS = ["--source", SOURCE, "--target", TARGET];
const NEON = ["--source", SOURCE, "--neon-project"];

const options = (...args: string[]) => {
  const command = readCommand(["import", ...ENDS, ...args]);
  return command.name === "import" ? command.options : null;
};
const defaults = importOptionsSchema.parse({});

describe("what is done with an import that there is", () => {
  it.each([
    [["pause", "01J"], { name: "pause", importId: "01J", letGo: false, json: false }],
    [["pause", "01J", "--let-go"], { name: "pause", importId: "01J", letGo: true, json: false }],
    [["resume", "01J", "--json"], { name: "resume", importId: "01J", json: true }],
    [["cancel", "01J"], { name: "cancel", importId: "01J", discard: false, json: false }],
    [["cancel", "--discard", "01J"], { name: "cancel", importId: "01J", discard: true, json: false }],
    [["retry", "01J"], { name: "retry", importId: "01J", all: false, json: false }],
    [
      ["retry", "01J", "--source", "postgres://a@b/c", "--target", "postgres://a@d/e"],
      {
        ...{ name: "retry", importId: "01J", all: false, json: false },
        ...{ source: "postgres://a@b/c", target: "postgres://a@d/e" },
      },
    ],
    [["retry", "01J", "--all"], { name: "retry", importId: "01J", all: true, json: false }],
  ])("%j", (args, command) => {
    expect(readCommand(args)).toEqual(command);
  });

  it.each([
    [["pause"], /^Which import\?/],
    [["resume", "01J", "01K"], "ferry resume takes one import."],
    [["pause", "01J", "--discard"], "--discard does not belong to pause."],
    [["cancel", "01J", "--all"], "--all does not belong to cancel."],
    [["retry", "01J", "--let-go"], "--let-go does not belong to retry."],
    [["resume", "01J", "--source", "postgres://a@b/c"], "--source does not belong to resume."],
    [["resume", "01J", "--lanes", "4"], "--lanes does not belong to resume."],
    [["import", ...ENDS, "--discard"], "--discard does not belong to import or check."],
    [["check", ...ENDS, "--all"], "--all does not belong to import or check."],
  ])("%j is wrong usage", (args, message) => {
    expect(() => readCommand(args)).toThrow(UsageError);
    expect(() => readCommand(args)).toThrow(message);
  });
});

describe("ferry import", () => {
  it.each([
    [["p-1"], { id: "p-1" }, false],
    [["p-1", "--test-run"], { id: "p-1" }, true],
  ])("goes into a project of Neon: %j", (args, project, testRun) => {
    expect(readCommand(["import", ...NEON, ...args])).toMatchObject({
      target: { kind: "neon", project },
      options: { testRun },
    });
  });

  it("goes into a new project of Neon", () => {
    const wish = ["--neon-new-project", "shop", "--region", "aws-eu-central-1", "--pg-version", "18"];
    expect(readCommand(["import", "--source", SOURCE, ...wish])).toMatchObject({
      target: { kind: "neon", project: { name: "shop", regionId: "aws-eu-central-1", pgVersion: 18, orgId: null } },
    });
  });

  it("takes two connection strings, and has a default for all else", () => {
    expect(readCommand(["import", ...ENDS])).toEqual({
      name: "import",
      source: SOURCE,
      target: TARGET,
      options: defaults,
      json: false,
    });
  });

  it.each([
    [["--schemas", "a,b"], { schemas: ["a", "b"] }],
    [["--schemas", " a , b ,"], { schemas: ["a", "b"] }],
    [["--schemas=My Schema"], { schemas: ["My Schema"] }],
    [["--tables", "shop.orders,lines"], { tables: ["shop.orders", "lines"] }],
    [["--tables", '"a,b".c,d."e""f"'], { tables: ['"a,b".c', 'd."e""f"'] }],
    [["--exclude-tables", "a.b"], { excludeTables: ["a.b"] }],
    [["--exclude-table-data", "a.b,c"], { excludeTableData: ["a.b", "c"] }],
    [["--schema-only"], { content: "schema" }],
    [["--data-only"], { content: "data" }],
    [["--large-objects"], { largeObjects: true }],
    [["--keep-owners"], { owners: { mode: "keep" } }],
    [["--map-owners", "ann=bob, carl = dora"], { owners: { mode: "map", roles: { ann: "bob", carl: "dora" } } }],
    [["--verify", "none"], { verify: "none" }],
    [["--verify=counts"], { verify: "counts" }],
    [["--verify", "checksums", "--show-values"], { verify: "checksums", valuesInClear: true }],
    [["--lanes", "16"], { lanes: 16 }],
    [["--step-budget", "2.5"], { stepBudgetSeconds: 2.5 }],
    [["--speed-limit", "12.5"], { maxMegabytesPerSecond: 12.5 }],
  ])("%j", (args, expected) => {
    expect(options(...args)).toEqual({ ...defaults, ...expected });
  });

  it("prints one document on request", () => {
    expect(readCommand(["import", ...ENDS, "--json"])).toMatchObject({ json: true });
  });
});

describe("ferry check", () => {
  it.each([
    [["check", "--source", SOURCE], { source: SOURCE, target: null, options: defaults, json: false }],
    [
      ["check", ...NEON, "p-1"],
      { source: SOURCE, target: { kind: "neon", project: { id: "p-1" } }, options: defaults, json: false },
    ],
    [["check", ...ENDS, "--json"], { source: SOURCE, target: TARGET, options: defaults, json: true }],
    [
      ["check", "--source", SOURCE, "--script"],
      { source: SOURCE, target: null, options: defaults, json: false, script: true },
    ],
    [
      ["check", ...ENDS, "--schemas", "a", "--keep-owners"],
      {
        source: SOURCE,
        target: TARGET,
        options: { ...defaults, schemas: ["a"], owners: { mode: "keep" } },
        json: false,
      },
    ],
  ])("%j", (args, expected) => {
    expect(readCommand(args)).toEqual({ name: "check", script: false, ...expected });
  });
});

describe("help", () => {
  it.each([[[]], [["help"]], [["--help"]], [["-h"]], [["import", "--help"]], [["nonsense", "-h"]]])("%j", (args) => {
    expect(readCommand(args)).toEqual({ name: "help" });
  });

  it("names every flag that is understood", () => {
    for (const flag of [
      "source",
      "target",
      "schemas",
      "tables",
      "exclude-tables",
      "exclude-table-data",
      "schema-only",
      "data-only",
      "large-objects",
      "keep-owners",
      "map-owners",
    ]) {
      expect(USAGE).toContain(`--${flag}`);
    }
    for (const flag of ["verify", "lanes", "speed-limit", "step-budget", "json", "script"])
      expect(USAGE).toContain(`--${flag}`);
  });
});

describe("wrong usage", () => {
  it.each([
    [
      ["fetch"],
      "The command is none of import, check, verify, report, verify-statement, public-key, pause, resume, retry and cancel.",
    ],
    [["import", "--target", TARGET], "--source is missing: the connection string to read from."],
    [["import", "--source", SOURCE], "--target is missing: the connection string to write to."],
    [["import", ...ENDS, "--neon-project", "p-1"], "--target and a project of Neon exclude each other."],
    [["import", ...ENDS, "--region", "r"], "--region goes with --neon-project or --neon-new-project."],
    [["import", ...ENDS, "--test-run"], "--test-run goes with --neon-project or --neon-new-project."],
    [["import", ...NEON, "P 1"], "--neon-project takes the id of a project, such as shiny-wind-028834."],
    [["import", ...NEON, "p-1", "--pg-version", "17"], "--pg-version is for a new project; this one has its own."],
    [
      ["import", ...NEON, "p-1", "--neon-new-project", "shop"],
      "--neon-project and --neon-new-project exclude each other.",
    ],
    [
      ["import", "--source", SOURCE, "--neon-new-project", "shop", "--pg-version", "17"],
      "--region is missing: where the new project is to be, such as aws-eu-central-1.",
    ],
    [
      ["import", "--source", SOURCE, "--neon-new-project", "shop", "--region", "aws-eu-central-1"],
      "--pg-version is missing: the new project's Postgres, 14 to 18.",
    ],
    [["check", ...NEON, "p-1", "--test-run"], "--test-run does not belong to check."],
    [["check"], "--source is missing: the connection string to look at."],
    [["check", ...ENDS, "--lanes", "2"], "--lanes does not belong to check."],
    [
      ["check", ...ENDS, "--script", "--json"],
      "--json and --script exclude each other: the document has the script too.",
    ],
    [["import", ...ENDS, "--script"], "--script does not belong to import."],
    [
      ["import", SOURCE, TARGET],
      "Nothing more is expected after import: connection strings go with --source and --target.",
    ],
    [["import", ...ENDS, "--data-only", "--schema-only"], "--schema-only and --data-only exclude each other."],
    [
      ["check", ...ENDS, "--data-only", "--keep-owners"],
      "--data-only brings no owners: the tables of the target keep theirs.",
    ],
    [["import", ...ENDS, "--keep-owners", "--map-owners", "a=b"], "--keep-owners and --map-owners exclude each other."],
    [["import", ...ENDS, "--map-owners", "a"], "--map-owners takes pairs of roles: theirs=ours,another=ours."],
    [["import", ...ENDS, "--map-owners", "a="], "--map-owners takes pairs of roles: theirs=ours,another=ours."],
    [["import", ...ENDS, "--map-owners", ""], "--map-owners names nothing."],
    [["import", ...ENDS, "--schemas", ""], "--schemas names nothing."],
    [["import", ...ENDS, "--tables", " , "], "--tables names nothing."],
    [["import", ...ENDS, "--exclude-tables="], "--exclude-tables names nothing."],
    [["import", ...ENDS, "--tables", 'a."b'], "--tables: a double quote is not closed."],
    [["import", ...ENDS, "--tables", "a.b.c"], "--tables: a table is named as schema.table."],
    [["import", ...ENDS, "--exclude-table-data", "a."], "--exclude-table-data: a table is named as schema.table."],
  ])("%j: %s", (args, message) => {
    expect(() => readCommand(args)).toThrow(new UsageError(message));
  });

  it.each([
    [["--lanes", "0"], "--lanes: "],
    [["--lanes", "17"], "--lanes: "],
    [["--lanes", "2.5"], "--lanes: "],
    [["--lanes", "many"], "--lanes: "],
    [["--lanes", ""], "--lanes: "],
    [["--step-budget", "0"], "--step-budget: "],
    [["--speed-limit", "0"], "--speed-limit: "],
    [["--speed-limit", "fast"], "--speed-limit: "],
    [["--step-budget", "soon"], "--step-budget: "],
    [["--verify", "everything"], "--verify: "],
    [["--lanes"], "Option '--lanes <value>' argument missing"],
    [["--speed", "9"], "Unknown option '--speed'"],
    [["--json=yes"], "Option '--json' does not take an argument"],
  ])("%j", (args, begin) => {
    expect(() => readCommand(["import", ...ENDS, ...args])).toThrow(UsageError);
    expect(() => readCommand(["import", ...ENDS, ...args])).toThrow(begin);
  });

  it("never repeats a password", () => {
    const mistakes = [
      ["import", "--source", SOURCE, "--target"],
      ["import", SOURCE],
      [SOURCE],
      ["import", `--sorce=${SOURCE}`],
      ["import", ...ENDS, "--lanes", SOURCE],
      ["import", ...ENDS, `--json=${SOURCE}`],
      ["import", ...ENDS, SOURCE],
    ];
    for (const args of mistakes) {
      let message = "";
      try {
        readCommand(args);
      } catch (error) {
        message = String(error);
      }
      expect(message, args.join(" ")).not.toBe("");
      expect(message).not.toContain("Word");
    }
  });
});
