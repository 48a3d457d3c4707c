import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";

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

/** By the newest test run from the same source, if there was one. */
export async function testRunEstimate({ id }: { id: string }): Promise<TestRunEstimate | null> {
  const { rows } = await database().execute<Row>(sql`
    select run.id, run.finished_at as at, extract(epoch from run.finished_at - run.started_at)::float8 as seconds
      from imports own
      join imports run on run.status = 'succeeded' and (run.options->>'testRun')::boolean and run.id <> own.id
       and run.source->>'host' = own.source->>'host' and run.source->'port' = own.source->'port'
       and run.source->>'database' = own.source->>'database'
     where own.id = ${id}
     order by run.finished_at desc limit 1`);
  const [row] = rows;
  return row ? { importId: row.id, seconds: row.seconds, at: new Date(row.at).toISOString() } : null;
}
