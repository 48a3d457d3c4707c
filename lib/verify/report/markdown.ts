import type { Report, ReportTable } from "./report-schema";
import { NOT_COMPARED, statementLine } from "./statement";

const number = (value: number): string => new Intl.NumberFormat("en-US").format(value);

/** A cell of a table: what would end it, or begin something else, is taken out of its meaning. */
const cell = (text: string): string => text.replace(/[\\|`*_<>[\]]/g, "\\$&").replace(/\s*\n\s*/g, " ");

/** Lines of any kind, behind a fence that none of them can be. */
function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

const row = (cells: string[]): string => `| ${cells.join(" | ")} |`;
const grid = (heads: string[], rows: string[][]): string[] =>
  rows.length === 0 ? [] : [row(heads), row(heads.map(() => "---")), ...rows.map(row), ""];

const LEVELS: Record<ReportTable["compared"], string> = {
  checksums: "checksums",
  counts: "counted",
  none: "not compared",
};

/** The whole report for people to read, keep and send on. Pure. */
export function reportMarkdown(report: Report, statement: string | null): string {
  const { tables, objects, smoke, others, source, target, snapshots } = report;
  const end = ({ database, host, port, version }: Report["source"]) =>
    `${cell(database)} on ${cell(`${host}:${port}`)}, Postgres ${version ?? "?"}`;
  const under = (snapshot: Report["snapshots"]["source"]) =>
    `${snapshot.name ?? snapshot.horizon ?? "its own"} at ${snapshot.at}`;
  const lines = [
    "# Verification report",
    "",
    `**${report.verdict === "equal" ? "Nothing differs." : `${number(report.totals.differences)} differences were found.`}** ${statementLine(report)}.`,
    "",
    `- Source: ${end(source)}, snapshot ${under(snapshots.source)}`,
    `- Target: ${end(target)}${snapshots.target ? `, snapshot ${under(snapshots.target)}` : ""}`,
    `- Verified: ${report.at}${report.kind === "import" ? ", at the end of the import" : ", later"}`,
    "",
    "## Tables",
    "",
    ...grid(
      ["Table", "Source rows", "Target rows", "Bytes", "How", "Result"],
      tables.map(({ schema, name, rows, bytes, compared, equal, detail }) => [
        cell(`${schema}.${name}`),
        rows ? number(rows.source) : "",
        rows ? number(rows.target) : "",
        number(bytes),
        LEVELS[compared],
        [equal ? (rows ? "equal" : "") : "**differs**", cell(detail ?? "")].filter(Boolean).join(": "),
      ]),
    ),
    "## Objects",
    "",
    ...(report.content === "data" ? [`${NOT_COMPARED[0]?.toUpperCase()}${NOT_COMPARED.slice(1)}.`, ""] : []),
    ...grid(
      ["Kind", "Compared"],
      objects.kinds.map(({ kind, count }) => [cell(kind), number(count)]),
    ),
    ...grid(
      ["State", "Compared"],
      objects.states.map(({ what, count }) => [cell(what), number(count)]),
    ),
    "### Differences",
    "",
    ...(objects.differences.length === 0 ? ["None.", ""] : objects.differences.flatMap(differenceLines)),
    ...(objects.byDesign.length === 0
      ? []
      : [
          "### Different by decision",
          "",
          ...objects.byDesign.map(({ subject, reason }) => `- ${cell(subject)}: ${cell(reason)}`),
          "",
        ]),
    ...(objects.leftOut.length === 0
      ? []
      : ["### Left out", "", ...objects.leftOut.map(({ object, reason }) => `- ${cell(object)}: ${cell(reason)}`), ""]),
    ...(smoke ? ["## First rows", "", ...smokeLines(smoke), ""] : []),
    ...(others.length === 0
      ? []
      : [
          "## Other",
          "",
          ...others.map(
            ({ kind, subject, equal, source: was, target: is }) =>
              `- ${cell(kind)} ${cell(subject)}: ${cell(was)} and ${cell(is)}, ${equal ? "equal" : "**different**"}`,
          ),
          "",
        ]),
    ...(statement ? ["## Signed statement", "", fenced(statement.trimEnd()), ""] : []),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

const differenceLines = ({ subject, expected, found, detail }: Report["objects"]["differences"][number]): string[] => [
  `- **${cell(subject)}**: expected ${cell(expected)}, found ${cell(found)}`,
  ...(detail ? ["", fenced(detail, "diff"), ""] : [""]),
];

/** What the smoke queries say, in sentences. Pure. */
export function smokeLines(smoke: NonNullable<Report["smoke"]>): string[] {
  return [
    `The ${number(smoke.rows)} rows with the lowest keys of ${number(smoke.tables)} tables were compared, column by column${smoke.differences.length === 0 ? ": equal." : "."}`,
    ...smoke.differences.map(({ table, detail }) => `- ${cell(table)}: ${cell(detail)}`),
    ...smoke.notCompared.map(({ reason, tables }) => `- ${number(tables)} tables not compared: ${cell(reason)}`),
  ];
}
