import type { Report } from "./report-schema";

const number = (value: number): string => new Intl.NumberFormat("en-US").format(value);
const noun = (count: number, word: string): string => `${number(count)} ${word}${count === 1 ? "" : "s"}`;

type Summary = Pick<Report, "totals" | "snapshots" | "at" | "content">;

/** `412 tables, 1,204,553,201 rows, 3,110 objects, 0 differences, snapshot 00000004-1 at …`. Pure. */
export function statementLine({ totals, snapshots, at, content }: Summary): string {
  const { name, horizon, at: taken } = snapshots.source;
  const parts = [
    noun(totals.tables, "table"),
    noun(totals.rows, "row"),
    content === "data" ? "objects not compared" : noun(totals.objects, "object"),
    noun(totals.differences, "difference"),
    ...(totals.notCompared > 0 ? [`${noun(totals.notCompared, "table")} not compared`] : []),
    `snapshot ${name ?? horizon ?? "of its own"} at ${taken || at}`,
  ];
  return parts.join(", ");
}

/** What is said of objects where only rows came. */
export const NOT_COMPARED = "not compared, since only rows were imported and the schema is the target's own";

/** What is signed: the line, what it is about, and which report it sums up. Nothing in a name can end a line. Pure. */
export function statementText(report: Report, reportDigest: string): string {
  const end = ({ host, port, database, version }: Report["source"]) =>
    JSON.stringify(`${database} on ${host}:${port}, Postgres ${version ?? "?"}`);
  const levels = [...new Set(report.tables.map(({ compared }) => compared))].sort();
  return [
    "Ferry verification statement 1",
    statementLine(report),
    `Source: ${end(report.source)}`,
    `Target: ${end(report.target)}`,
    `Import: ${report.importId ?? "none"}`,
    `Verified: ${report.at}`,
    `Rows compared by: ${levels.join(", ") || "none"}`,
    ...(report.content === "data" ? [`Objects: ${NOT_COMPARED}`] : []),
    `Report: sha256 ${reportDigest}`,
    "",
  ].join("\n");
}
