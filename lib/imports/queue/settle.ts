import { type SQL, sql } from "drizzle-orm";
import { type Database, database, type Transaction } from "@/lib/db/client";
import type { StoredError } from "@/lib/errors/ferry-error";
import type { CountedSide, UnitPiece } from "@/lib/plan/unit";
import type { EntryFailure } from "@/lib/schema/apply";
import type { Checksum } from "@/lib/verify/checksums";
import type { TableComparison } from "@/lib/verify/data-difference";
import type { ReportSmoke } from "@/lib/verify/report/report-schema";
import type { Looked } from "@/lib/verify/search-rounds";
import { type LogLine, writeLine } from "../log";
import { withoutSecrets } from "../stored-error";
import { type Claim, isHeldUnder } from "./claim";

export interface UnitResult {
  rows: number;
  bytes: number;
  /** Per table where a unit holds several: oid to rows and bytes. */
  tables?: Record<string, { rows: number; bytes: number }>;
  /** Of the rows that were counted, in a piece of a table. */
  sum?: string;
  /** Of a large table whose pieces were added up, for those that look for its rows. */
  sums?: Record<CountedSide, Checksum>;
  /** What a piece of a table has found that was looked through for rows that differ. */
  looked?: Looked;
  /** What the comparison of tables says of each. */
  compared?: TableComparison[];
  /** Objects that the target refused. */
  failures?: EntryFailure[];
  /** What the first rows of its tables say, of a unit that compares them. */
  smoke?: ReportSmoke;
  /** It was not done: these are done in its place. */
  split?: UnitPiece[];
}

/**
 * Marks the unit done and frees those that waited for it. The attempt does not matter: the ledger on the target
 * says that it is done, whoever did it, and only the first to say so here counts down. The epoch does, and its row is
 * locked meanwhile: what was copied under the last snapshot is not there any more under the next.
 */
export async function finishUnit({ importId, epoch, unitId }: Claim, result: UnitResult): Promise<void> {
  await database().execute(sql`
    with present as materialized (
      select 1 from imports where id = ${importId} and epoch = ${epoch} for share),
    finished as (
      update units set state = 'done', finished_at = now(), lease_until = null, error = null,
             rows_done = ${result.rows}, bytes_done = ${result.bytes}, result = ${JSON.stringify(result)}::jsonb
        from present
       where import_id = ${importId} and id = ${unitId} and state <> 'done'
      returning id)
    update units u set waiting_on = u.waiting_on - 1
      from unit_edges e, finished
     where e.import_id = ${importId} and e.depends_on = finished.id and u.import_id = e.import_id and u.id = e.unit_id`);
}

/** Gives the unit back, to be tried again after a pause. Only an error counts: hand-overs and lost snapshots may be many. */
export async function postponeUnit(
  claim: Claim,
  pauseSeconds: number,
  error: StoredError | null,
  line?: LogLine,
): Promise<void> {
  await giveBack(
    claim,
    sql`retry_at = now() + ${pauseSeconds} * interval '1 second', failures = failures + ${error ? 1 : 0},
        detached_at = case when ${error !== null} then null else detached_at end,
        error = ${error && JSON.stringify(withoutSecrets(error))}::jsonb`,
    line,
  );
}

/** Noted before the statement is sent: it may be all that is known of it when the invocation dies. */
export async function markDetached(claim: Claim): Promise<void> {
  await database().execute(sql`update units set detached_at = now() where ${isHeldUnder(claim)}`);
}

/** Gives back a unit whose statement is at work on a session of its own: somebody will look after it. */
export async function leaveAtWork(claim: Claim): Promise<void> {
  await giveBack(claim, sql`retry_at = null, error = null`);
}

/**
 * Gives back a unit that the step was too short for: whoever takes it next has a whole step, and may cut it. Of a copy,
 * the cost of what it had brought tells its pace to those who come to others; null where nothing tells.
 */
export async function returnOverrun(claim: Claim, broughtCost: number | null): Promise<void> {
  const told = sql`jsonb_build_object('overran', jsonb_build_object(
    'cost', least(cost, ${broughtCost}::float8), 'seconds', extract(epoch from now() - started_at)::float8))`;
  await giveBack(
    claim,
    sql`retry_at = null, overruns = overruns + 1, error = null, result = ${broughtCost === null ? sql`null` : told}`,
  );
}

async function giveBack(claim: Claim, more: SQL, line?: LogLine): Promise<void> {
  await telling(claim, line, (db) =>
    db.execute(sql`
      update units set state = 'ready', lease_until = null, rows_done = 0, bytes_done = 0, ${more}
       where ${isHeldUnder(claim)}`),
  );
}

/** With its line in one transaction. The line comes first: an import's row is locked before those of its units. */
async function telling(
  { importId }: Claim,
  line: LogLine | undefined,
  work: (db: Database | Transaction) => Promise<unknown>,
): Promise<void> {
  if (!line) return void (await work(database()));
  await database().transaction(async (tx) => {
    await writeLine(tx, importId, line);
    await work(tx);
  });
}

/** The unit waits for the user. */
export async function failUnit(claim: Claim, error: StoredError, line?: LogLine): Promise<void> {
  await telling(claim, line, (db) =>
    db.execute(sql`
      update units set state = 'failed', lease_until = null, finished_at = now(),
             error = ${JSON.stringify(withoutSecrets(error))}::jsonb
       where ${isHeldUnder(claim)}`),
  );
}
