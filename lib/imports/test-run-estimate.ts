import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import type { Finding } from "@/lib/preflight/finding";
import { durationWords } from "@/lib/preflight/words";

/** How long an import will take, by a test run that has been all the way. */
export interface TestRunEstimate {
  /** The test run's. */
  importId: string;
  seconds: number;
  at: string;
}

interface Row extends Record<string, unknown> {
  id: string;
  seconds: number;
  at: Date | string;
}

/** What decides how much there is to do. */
const SAME = ["schemas", "tables", "excludeTables", "excludeTableData", "largeObjects", "content", "verify"];

/** By the newest test run of the same from the same source, if there was one. */
export async function testRunEstimate({ id }: { id: string }): Promise<TestRunEstimate | null> {
  const { rows } = await database().execute<Row>(sql`
    select run.id, run.finished_at as at, extract(epoch from run.finished_at - run.started_at)::float8 as seconds
      from imports own
      join imports run on run.status = 'succeeded' and (run.options->>'testRun')::boolean and run.id <> own.id
       and run.source->>'host' = own.source->>'host' and run.source->'port' = own.source->'port'
       and run.source->>'database' = own.source->>'database'
     where own.id = ${id}
       and not exists (select from unnest(${sql.raw(`array['${SAME.join("', '")}']`)}) name
                        where run.options->name is distinct from own.options->name)
     order by run.finished_at desc limit 1`);
  const [row] = rows;
  return row ? { importId: row.id, seconds: row.seconds, at: new Date(row.at).toISOString() } : null;
}

/** In place of the rule of thumb, what a test run has shown. */
export async function byTestRun(id: string, findings: Finding[]): Promise<Finding[]> {
  const estimate = await testRunEstimate({ id });
  if (!estimate) return findings;
  const at = estimate.at.slice(0, 16).replace("T", " ");
  const message = `About ${durationWords(estimate.seconds)}: so long the test run of ${at} UTC took.`;
  return findings.map((finding) => (finding.code === "size.estimate" ? { ...finding, message } : finding));
}
