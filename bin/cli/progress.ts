import type { ImportView, LargeObjectsView, StatementView, TableView } from "@/lib/imports/view";
import { sizeWords } from "@/lib/preflight/size-words";
import { plainLine } from "@/lib/security/plain-text";
import { tell } from "./terminal";

const BAR_CELLS = 24;
const NAME_CELLS = 34;
const TABLES_SHOWN = 8;

/** Where progress goes: bars that are drawn over each other in a terminal, one line per news elsewhere. */
export interface ProgressSink {
  /** How often there is something to see. */
  everyMs: number;
  show(view: ImportView): void;
  end(view: ImportView): void;
}

export function progressTo(stream: NodeJS.WriteStream): ProgressSink {
  return stream.isTTY ? terminalSink(stream) : plainSink(stream);
}

function terminalSink(stream: NodeJS.WriteStream): ProgressSink {
  let drawn = 0;
  const draw = (lines: string[]) => {
    const up = drawn > 0 ? `\u001b[${drawn}A\u001b[J` : "";
    const width = Math.max(stream.columns ?? 80, 40) - 1;
    stream.write(`${up}${lines.map((line) => plainLine(line).slice(0, width)).join("\n")}\n`);
    drawn = lines.length;
  };
  return {
    everyMs: 200,
    show: (view) => draw(barLines(view)),
    end: (view) => draw(endLines(view)),
  };
}

function plainSink(stream: NodeJS.WriteStream): ProgressSink {
  let seen = 0;
  let last = "";
  let objectsAreTold = false;
  const told = new Set<string>();
  const news = (view: ImportView) => {
    for (const event of [...view.events].reverse().filter(({ seq }) => seq > seen)) {
      seen = event.seq;
      last = event.message;
      tell(`${plainLine(last)}\n`, stream);
    }
    for (const table of view.tables) {
      const name = `${table.schema}.${table.name}`;
      if (told.has(name) || table.parts === 0 || table.partsDone < table.parts) continue;
      told.add(name);
      tell(`${plainLine(name)}: ${count(table.rowsDone, "row")}, ${sizeWords(table.bytesDone)}\n`, stream);
    }
    const objects = view.largeObjects;
    if (objects && !objectsAreTold && objects.partsDone === objects.parts) {
      objectsAreTold = true;
      tell(`${objectsText(objects)}\n`, stream);
    }
  };
  return {
    everyMs: 1_000,
    show: news,
    end: (view) => {
      news(view);
      const lines = endLines(view).filter((line) => line !== last);
      tell(`${lines.map(plainLine).join("\n")}\n`, stream);
    },
  };
}

/** The whole and the tables under way, newest work first. Pure. */
export function barLines(view: ImportView): string[] {
  const { progress } = view;
  const rate = progress.bytesPerSecond ? `, ${sizeWords(progress.bytesPerSecond)}/s` : "";
  const active = view.tables.filter((table) => table.state === "copying" || table.state === "indexing");
  return [
    view.headline,
    `${bar(progress.fraction)} ${percent(progress.fraction)}  ${sizeWords(progress.bytesDone)}${rate}`,
    ...active.slice(0, TABLES_SHOWN).map(tableLine),
    ...(isUnderWay(view.largeObjects) ? [objectsLine(view.largeObjects)] : []),
    ...view.statements.map(statementLine),
  ];
}

const isUnderWay = (objects: LargeObjectsView | null): objects is LargeObjectsView =>
  objects !== null && objects.bytes > 0 && objects.partsDone < objects.parts;

const objectsText = ({ objects, bytes }: LargeObjectsView) => `large objects: ${objects}, ${sizeWords(bytes)}`;

const objectsLine = (objects: LargeObjectsView) =>
  `  ${"large objects".padEnd(NAME_CELLS)} ${bar(objects.partsDone / objects.parts)} ${objects.objects}, ${sizeWords(objects.bytes)}`;

function statementLine({ subject, phase, fraction }: StatementView): string {
  const name = subject.slice(0, NAME_CELLS).padEnd(NAME_CELLS);
  return `  ${name} ${bar(fraction ?? 0)} ${phase}`;
}

function tableLine(table: TableView): string {
  const name = `${table.schema}.${table.name}`.slice(0, NAME_CELLS).padEnd(NAME_CELLS);
  const fraction = table.bytesExpected > 0 ? Math.min(1, table.bytesDone / table.bytesExpected) : 1;
  return `  ${name} ${bar(fraction)} ${table.state === "indexing" ? "indexes" : `${table.rowsDone} rows`}`;
}

export function endLines(view: ImportView): string[] {
  const rows = view.tables.reduce((sum, table) => sum + table.rowsDone, 0);
  const lines = [`${view.headline}`];
  // What failed before anything was copied has nothing to count.
  if (!view.error || view.tables.length > 0)
    lines.push(`${count(view.tables.length, "table")}, ${count(rows, "row")}, ${sizeWords(view.progress.bytesDone)}.`);
  if (view.largeObjects) {
    const { objects, bytes } = view.largeObjects;
    lines.push(`Of it ${count(objects, "large object")} with ${sizeWords(bytes)}.`);
  }
  if (view.skipped.length > 0) lines.push(`Left out: ${count(view.skipped.length, "object")} (see --json).`);
  for (const { kind, subject, source, target, detail } of view.verification.differences) {
    lines.push(
      `  ${kind === "rows" ? "rows of " : ""}${subject}: source ${source}, target ${target}${detail ? ` (${detail})` : ""}`,
    );
  }
  if (view.error) lines.push(view.error.unharmed, view.error.remedy);
  if (view.status === "failed") lines.push(`Go on with: ferry retry ${view.id}`);
  return lines;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const bar = (fraction: number) => {
  const full = Math.round(Math.max(0, Math.min(1, fraction)) * BAR_CELLS);
  return `${"█".repeat(full)}${"░".repeat(BAR_CELLS - full)}`;
};
const percent = (fraction: number) => `${Math.floor(fraction * 100)} %`.padStart(5);
