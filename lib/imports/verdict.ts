import { and, eq, inArray, sql } from "drizzle-orm";
import { type Database, database, type Transaction } from "@/lib/db/client";
import { verifications } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import { formatTableName } from "@/lib/plan/table-name";
import type { EntryFailure } from "@/lib/schema/apply";
import { redact } from "@/lib/security/redact";
import { differenceInWords, type TableComparison } from "@/lib/verify/data-difference";
import { type ObjectTotals, objectTotalsInWords } from "@/lib/verify/large-objects";
import { writeLine } from "./log";
import type { Proof } from "./report-record";

type Comparison = Omit<typeof verifications.$inferInsert, "importId" | "at">;

/** Writes what comparisons found; comparing again replaces it. */
async function store(
  importId: string,
  comparisons: Comparison[],
  db: Database | Transaction = database(),
): Promise<void> {
  if (comparisons.length === 0) return;
  await db
    .insert(verifications)
    .values(comparisons.map((comparison) => ({ ...comparison, importId })))
    .onConflictDoUpdate({
      target: [verifications.importId, verifications.kind, verifications.subject],
      set: {
        equal: sql`excluded.equal`,
        source: sql`excluded.source`,
        target: sql`excluded.target`,
        detail: sql`excluded.detail`,
        at: sql`now()`,
      },
    });
}

/**
 * Writes down what the comparison of tables says, and tells of each that differs which rows it is. What was said of
 * them under an earlier snapshot is gone then.
 */
export async function storeTables(importId: string, compared: TableComparison[]): Promise<void> {
  if (compared.length === 0) return;
  const subjects = compared.map(({ table }) => formatTableName(table));
  const before = and(
    eq(verifications.importId, importId),
    eq(verifications.kind, VALUES),
    inArray(verifications.subject, subjects),
  );
  await database().transaction(async (tx) => {
    await tx.delete(verifications).where(before);
    await store(importId, compared.flatMap(tableLines), tx);
    for (const { table, difference } of compared) {
      if (!difference) continue;
      const message = `${formatTableName(table)} differs: ${differenceInWords(difference)}`;
      await writeLine(tx, importId, { level: "error", kind: ROWS_DIFFER, message });
    }
  });
}

/** Of rows that are as many on both sides, and not the same. */
const VALUES = "values";

/** A line of the log that names rows by their keys. */
export const ROWS_DIFFER = "rows.differ";

/** A line for the number of rows, and one for their values where only these differ. Pure. */
export function tableLines({ table, rows, checksums, difference }: TableComparison): Comparison[] {
  const subject = formatTableName(table);
  const isCounted = rows.source === rows.target;
  const detail = difference && differenceInWords(difference);
  const sides = { source: String(rows.source), target: String(rows.target) };
  const counts = { kind: "rows", subject, equal: isCounted, ...sides, detail: isCounted ? null : detail };
  if (!difference || !isCounted) return [counts];
  const values = { source: checksums?.source ?? null, target: checksums?.target ?? null };
  return [counts, { kind: VALUES, subject, equal: false, ...values, detail }];
}

export async function storeObjectTotals(
  importId: string,
  subject: string,
  totals: Record<"source" | "target", ObjectTotals>,
): Promise<void> {
  await store(importId, [{ subject, ...objectTotalsInWords(totals) }]);
}

/** An object that could not be created is a difference, and a difference is a failure (invariant 6). */
export async function storeFailures(importId: string, failures: EntryFailure[]): Promise<void> {
  const comparisons = missingObjects(failures);
  if (comparisons.length === 0) return;
  await database().transaction(async (tx) => {
    await store(importId, comparisons, tx);
    for (const { subject, target, detail } of comparisons) {
      const message = `${subject} is ${target} on the target: ${detail}`;
      await writeLine(tx, importId, { level: "warn", kind: "object.missing", message });
    }
  });
}

/** One comparison per object: several of one name, such as default privileges, are told in one. Pure. */
export function missingObjects(failures: EntryFailure[]): Comparison[] {
  const reasons = new Map<string, Set<string>>();
  for (const { kind, subject, severity, reason } of failures) {
    if (severity === "harmless") continue;
    const title = `${kind.toLowerCase()} ${subject}`;
    reasons.set(title, (reasons.get(title) ?? new Set()).add(redact(reason)));
  }
  return [...reasons].map(([subject, why]) => ({
    kind: "object",
    subject,
    equal: false,
    source: "present",
    target: "missing",
    detail: [...why].join("; "),
  }));
}

/**
 * What differs between the objects, and one line that says that they were compared. It takes the place of what was
 * noted while objects were created, but for the server's own words, which say why one is missing.
 */
export async function storeProofRows(importId: string, { objects, smoke }: Proof): Promise<void> {
  const ofObjects = and(eq(verifications.importId, importId), inArray(verifications.kind, [OBJECT, FIRST_ROWS]));
  const noted = await database().select().from(verifications).where(ofObjects);
  const reasons = new Map(noted.map(({ subject, detail }) => [subject, detail]));
  // Grants on one object may differ in several lines, and an object both in what it is and in its state.
  const bySubject = new Map<string, Comparison>();
  for (const { subject, expected, found, detail } of objects.differences) {
    const before = bySubject.get(subject);
    const words = [...new Set([before?.detail, reasons.get(subject) ?? detail])].filter(Boolean).join("\n");
    const sides = { source: expected, target: found };
    bySubject.set(subject, { kind: OBJECT, subject, equal: false, ...sides, detail: words ? redact(words) : null });
  }
  const firstRows = new Map<string, string[]>();
  for (const { table, detail } of smoke?.differences ?? []) {
    firstRows.set(table, [...(firstRows.get(table) ?? []), detail]);
  }
  const rows = [...firstRows].map(([subject, details]): Comparison => {
    const sides = { source: "its first rows", target: "different" };
    return { kind: FIRST_ROWS, subject, equal: false, ...sides, detail: details.join("\n") };
  });
  const compared = String(objects.kinds.reduce((sum, { count }) => sum + count, 0));
  const all = { kind: SCHEMA_COMPARED, subject: "schema", equal: true, source: compared, target: null };
  await database().delete(verifications).where(ofObjects);
  await failpoint("verify.forgotten");
  await store(importId, [...bySubject.values(), ...rows, all]);
}

const OBJECT = "object";
const FIRST_ROWS = "first rows";

/** The line whose `source` is the number of objects that were compared. */
export const SCHEMA_COMPARED = "objects";

export interface Difference {
  kind: string;
  subject: string;
  source: string;
  target: string;
  detail: string | null;
}

export async function differencesOf(importId: string): Promise<Difference[]> {
  const rows = await database()
    .select()
    .from(verifications)
    .where(and(eq(verifications.importId, importId), eq(verifications.equal, false)));
  return rows.map(({ kind, subject, source, target, detail }) => ({
    kind,
    subject,
    source: source ?? "",
    target: target ?? "",
    detail,
  }));
}
