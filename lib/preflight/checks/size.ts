import { estimateImport } from "@/lib/plan/estimate";
import { readTableNames } from "@/lib/plan/options";
import { formatTableName } from "@/lib/plan/table-name";
import { type Circumstance, check, finding } from "../check";
import type { Facts } from "../facts";
import { scopeOf } from "../in-scope";
import { sizeWords } from "../size-words";
import { counted, durationWords, qualified, someOf } from "../words";
import { largeObjectAmount } from "./large-objects";

const sumOf = (bytes: number[]) => bytes.reduce((sum, one) => sum + one, 0);

/** A table that is smaller takes no time worth a word. */
const LARGE_BYTES = 100 * 1024 ** 2;
const LARGEST_SHOWN = 3;

const database = check("size.database", ["tables", "server"], ({ tables, server }) => {
  const bytes = sumOf(tables.map((table) => table.bytes));
  const text = `${counted(tables.length, "table")} with ${sizeWords(bytes)} of data; the database takes ${sizeWords(server.databaseBytes)} with its indexes.`;
  const largest = tables
    .filter((table) => table.bytes >= LARGE_BYTES)
    .sort((left, right) => right.bytes - left.bytes)
    .slice(0, LARGEST_SHOWN)
    .map((table) => {
      const parts = [
        table.toastBytes >= table.bytes / 2 && "most of it long values",
        table.indexBytes > 0 && `indexes ${sizeWords(table.indexBytes)}`,
      ];
      const words = parts.filter(Boolean).join(", ");
      return `${qualified(table)} ${sizeWords(table.bytes)}${words ? ` (${words})` : ""}`;
    });
  const more = largest.length === 0 ? "" : ` The largest: ${largest.join(", ")}.`;
  return [finding("size.database", "info", text + more)];
});

/** On Neon they do not survive that a compute goes to sleep; elsewhere only a crash empties them. */
const unlogged = check("size.unlogged", ["tables", "takes", "surroundings"], (context) => {
  const list = context.tables.filter((table) => table.unlogged).filter(scopeOf(context));
  if (list.length === 0) return [];
  const names = someOf(list.map(qualified));
  if (context.takes && !context.takes.isNeon) {
    const text = `Unlogged tables stay unlogged, and are emptied if the target's server crashes: ${names}.`;
    return [finding("size.unlogged", "info", text)];
  }
  const text = `Unlogged tables stay unlogged, and Neon empties them whenever a compute restarts or goes to sleep: ${names}.`;
  const remedy = "If their rows are needed, make them logged on the source first (ALTER TABLE … SET LOGGED).";
  return [finding("size.unlogged", "warn", text, { remedy })];
});

const estimate = check(
  "size.estimate",
  ["tables", "contents", "largeObjects", "throughput", "surroundings"],
  (context) => {
    const { contents, largeObjects, throughput, options } = context;
    const tables = tablesToCarry(context);
    const { views, materializedViews, routines, triggers, policies, types, sequences } = contents;
    const { seconds, bytes } = estimateImport({
      tables,
      largeObjectBytes: options.largeObjects ? largeObjects.bytes : 0,
      otherObjects: views + materializedViews + routines + triggers + policies + types + sequences,
      bytesPerSecond: throughput?.bytesPerSecond ?? null,
      options,
    });
    const rate = throughput
      ? `, which was seen to send ${sizeWords(throughput.bytesPerSecond)} a second to one session`
      : "";
    const how = bytes === 0 ? "without rows" : `${sizeWords(bytes)} with ${counted(options.lanes, "lane")}`;
    const message = `${rangeWords(seconds)} for ${how} from this source${rate}; as a rule of thumb, since much depends on the target.`;
    return [finding("size.estimate", "info", message)];
  },
);

/** One whose rows stay behind takes no more than its definition, and so do its partitions. */
function tablesToCarry(context: Pick<Facts, "tables" | "surroundings"> & Circumstance) {
  const empty = new Set(readTableNames(context.options.excludeTableData).map(formatTableName));
  const isEmpty = (table: Facts["tables"][number]) =>
    [table, ...(table.ancestors ?? [])].some((one) => empty.has(formatTableName(one)));
  return context.tables
    .filter(scopeOf(context))
    .map((table) => (isEmpty(table) ? { ...table, bytes: 0, indexBytes: 0 } : table));
}

function rangeWords({ low, high }: { low: number; high: number }): string {
  if (high < 20) return "Some seconds";
  const [from, to] = [durationWords(low), durationWords(high)];
  if (from === to) return `About ${from}`;
  const [, number, unit] = /^(\d+) (\w+)$/.exec(from) ?? [];
  return unit !== undefined && to.endsWith(` ${unit}`) ? `About ${number} to ${to}` : `About ${from} to ${to}`;
}

/** Indexes are built anew there, so they count too. */
const room = check("size.target_limit", ["tables", "target", "surroundings"], (context) => {
  const { target, options, resuming } = context;
  if (!target?.sizeLimitBytes || options.content === "schema" || resuming) return [];
  const needed = sumOf(tablesToCarry(context).map((table) => table.bytes + table.indexBytes)) + target.usedBytes;
  if (needed <= target.sizeLimitBytes) return [];
  const message = `The import needs about ${sizeWords(needed)} on the target, which may hold ${sizeWords(target.sizeLimitBytes)}: the limit of its Neon plan for a branch.`;
  const remedy = "Choose a larger plan for the target's project, or leave tables out (--exclude-tables).";
  return [finding("size.target_limit", "block", message, { remedy })];
});

export const sizeChecks = [database, unlogged, largeObjectAmount, estimate, room];
