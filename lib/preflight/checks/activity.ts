import { quoteLiteral } from "@/lib/postgres/quote";
import type { LockedTable } from "@/lib/source/facts/activity";
import { check, finding } from "../check";
import { scopeOf } from "../in-scope";
import { sizeWords } from "../size-words";
import { counted, durationWords, qualified, someOf } from "../words";

const holder = ({ pid, user, application, seconds }: Omit<LockedTable, "schema" | "name" | "hasIt">): string =>
  [
    `session ${pid}`,
    user && `of ${user}`,
    application && `(${application})`,
    seconds !== null && `for ${durationWords(seconds)}`,
  ]
    .filter(Boolean)
    .join(" ");

const locked = check("server.locked", ["activity", "surroundings"], (context) => {
  const isInScope = scopeOf(context);
  const tables = context.activity.locked.filter(isInScope);
  if (tables.length === 0) return [];
  const words = tables.map((table) => `${qualified(table)} by ${holder(table)}`);
  const message = `Locked on the source, so that nobody else can read: ${someOf(words, 5)}.`;
  const remedy = "The import waits until that session is done. Let it end, or end it, before you start.";
  const sql = [...new Set(tables.filter(({ hasIt }) => hasIt).map(({ pid }) => pid))]
    .map((pid) => `select pg_terminate_backend(${pid});`)
    .join("\n");
  return [finding("server.locked", "warn", message, { remedy, sql: sql === "" ? null : sql })];
});

const longTransactions = check("server.long_transactions", ["activity"], ({ activity: { longTransactions } }) => {
  const [longest] = longTransactions;
  if (!longest) return [];
  const message = `${counted(longTransactions.length, "transaction")} on the source ${longTransactions.length === 1 ? "has" : "have"} been open for long, the longest: ${holder(longest)}.`;
  const remedy =
    "It holds back vacuum, and a change of tables that waits for it would make the import wait too. Let it end first.";
  return [finding("server.long_transactions", "warn", message, { remedy })];
});

const prepared = check("server.prepared_transactions", ["activity"], ({ activity: { preparedTransactions } }) => {
  if (preparedTransactions.length === 0) return [];
  const names = preparedTransactions.map(({ name, seconds }) => `${name} (${durationWords(seconds)} old)`);
  const message = `The source has prepared transactions that nobody has ended: ${someOf(names)}. What they did is not imported, and their locks stay.`;
  const sql = preparedTransactions
    .map(({ name }) => `rollback prepared ${quoteLiteral(name)}; -- or commit prepared ${quoteLiteral(name)};`)
    .join("\n");
  return [
    finding("server.prepared_transactions", "warn", message, { remedy: "Commit them or roll them back first.", sql }),
  ];
});

/** Two billion is the end; servers shout from here on. */
const OLD_TRANSACTIONS = 1_200_000_000;

const vacuum = check("server.vacuum", ["activity"], ({ activity }) => {
  const { transactionAge, wraparoundVacuums, vacuumWorkers } = activity;
  if (transactionAge > OLD_TRANSACTIONS) {
    const message = `The source has not frozen its oldest rows for ${Math.round(transactionAge / 1e6)} million transactions; at 2,000 million it stops. An import's snapshot holds vacuum back further.`;
    return [finding("server.wraparound", "warn", message, { remedy: "Run VACUUM (FREEZE) there before the import." })];
  }
  if (wraparoundVacuums.length > 0) {
    const message = `The source runs ${counted(wraparoundVacuums.length, "vacuum")} to prevent wraparound, which may slow reading down.`;
    return [finding("server.vacuum", "info", message)];
  }
  if (vacuumWorkers.busy === 0 || vacuumWorkers.busy < vacuumWorkers.all) return [];
  const message = `All ${vacuumWorkers.all} autovacuum workers of the source are busy, which may slow reading down.`;
  return [finding("server.vacuum", "info", message)];
});

const FAR_BEHIND_SECONDS = 300;
const FAR_BEHIND_BYTES = 1024 ** 3;

const lag = check("server.lag", ["activity"], ({ activity: { replicaDelaySeconds, standbys } }) => {
  if (replicaDelaySeconds !== null && replicaDelaySeconds > FAR_BEHIND_SECONDS) {
    const message = `This read replica is ${durationWords(replicaDelaySeconds)} behind its primary: what it lacks is not imported.`;
    const remedy = "Import from the primary, or wait until the replica has caught up.";
    return [finding("server.replica_lag", "warn", message, { remedy })];
  }
  const behind = standbys.flatMap(({ name, lagBytes }) =>
    lagBytes !== null && lagBytes > FAR_BEHIND_BYTES ? [`${name} (${sizeWords(lagBytes)})`] : [],
  );
  if (behind.length === 0) return [];
  const message = `Replicas of the source are far behind: ${someOf(behind)}. Reading everything will not help them.`;
  return [finding("server.standby_lag", "warn", message, { remedy: "Wait until they have caught up." })];
});

export const activityChecks = [locked, longTransactions, prepared, vacuum, lag];
