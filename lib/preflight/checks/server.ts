import { majorVersion } from "@/lib/source/inventory";
import { lookAlike } from "@/lib/source/providers/recognise";
import { check, finding } from "../check";
import { activityChecks } from "./activity";

const OLDEST = 10;
const NEWEST = 18;

const version = check("server.version", ["server", "target"], ({ server, target, sourceHost }) => {
  const other = lookAlike({ host: sourceHost, versionText: server.versionText });
  if (other) {
    const message = `The source is ${other}, which only looks like Postgres; its catalogue cannot be dumped.`;
    return [finding("server.look_alike", "block", message, { remedy: "Export it with its own tools as SQL or CSV." })];
  }
  const major = majorVersion(server);
  if (major < OLDEST || major > NEWEST) {
    const message = `The source runs Postgres ${server.version}; Ferry reads ${OLDEST} to ${NEWEST}.`;
    return [finding("server.version", "block", message, { remedy: "Upgrade the source, or take a newer Ferry." })];
  }
  if (target && majorVersion(target) < major) {
    const message = `The target runs Postgres ${target.version}, older than the source's ${server.version}.`;
    const remedy = `Choose a target with Postgres ${major} or newer: what is new in ${major} cannot be created on an older one.`;
    return [finding("server.target_older", "block", message, { remedy })];
  }
  return [finding("server.version", "info", `The source runs Postgres ${server.version}.`)];
});

const encoding = check("server.encoding", ["server"], ({ server }) => {
  if (server.encoding !== "SQL_ASCII") return [];
  const message = "The source's encoding is SQL_ASCII: it does not know which letters its bytes are.";
  const remedy =
    "Text that is not valid UTF-8 will be refused by the target, row by row. Convert it on the source first.";
  return [finding("server.sql_ascii", "warn", message, { remedy })];
});

/** Lanes, the keeper of the snapshot, pg_dump and one to spare. */
const SESSIONS_BESIDE_LANES = 3;

const connections = check("server.connections", ["server", "settings"], ({ server, settings, options }) => {
  const needed = options.lanes + SESSIONS_BESIDE_LANES;
  const limits = [
    { free: server.freeConnections, of: "The source", remedy: "Close idle sessions there, or use fewer lanes." },
    {
      free: settings.freeForRole,
      of: `User ${server.user}`,
      remedy: "Raise the connection limit of this user, close its other sessions, or use fewer lanes.",
    },
    {
      free: settings.freeInDatabase,
      of: `Database ${server.database}`,
      remedy: "Raise the connection limit of this database, close idle sessions there, or use fewer lanes.",
    },
  ];
  const [tightest] = limits
    .flatMap(({ free, ...limit }) => (free === null ? [] : [{ ...limit, free }]))
    .sort((left, right) => left.free - right.free);
  if (!tightest || tightest.free >= needed) return [];
  const message = `${tightest.of} has ${Math.max(tightest.free, 0)} free connections; this import uses up to ${needed}.`;
  return [finding("server.connections", "warn", message, { remedy: tightest.remedy })];
});

const recovery = check("server.recovery", ["server"], ({ server }) =>
  server.inRecovery
    ? [finding("server.replica", "info", "The source is a read replica: what it has received so far is imported.")]
    : [],
);

const collation = check("server.collation", ["server", "settings", "target"], ({ server, settings, target }) => {
  const { collationDrift, locale } = settings;
  if (collationDrift) {
    const { recorded, actual } = collationDrift;
    const message = `The source orders text by version ${actual} of its library, and its indexes were built by version ${recorded}: a unique index may hold duplicates that the target refuses.`;
    const remedy =
      "Rebuild the source's indexes (REINDEX DATABASE, then ALTER DATABASE … REFRESH COLLATION VERSION), or look for duplicates in unique columns of text.";
    return [finding("server.collation_version", "warn", message, { remedy })];
  }
  if (!target || target.locale === null || target.locale === locale) return [];
  const message = `The source orders text by ${locale}, the target by ${target.locale}: ORDER BY may give another order there. Indexes are built anew, so nothing breaks.`;
  return [finding("server.collation", "info", message, { subject: server.database })];
});

const timeouts = check("server.timeouts", ["settings"], ({ settings }) => {
  if (settings.timeouts.length === 0) return [];
  const names = settings.timeouts.map(({ name, setting }) => `${name} (${setting})`).join(", ");
  const message = `The source keeps limits that a session cannot turn off: ${names}. A long copy would be broken off.`;
  const remedy =
    "A pooler in between does this: use the direct address of the server. Otherwise lift these limits for the importing user.";
  return [finding("server.timeouts", "warn", message, { remedy })];
});

const snapshotAge = check("server.snapshot_age", ["settings"], ({ settings: { snapshotTooOldMinutes: minutes } }) => {
  if (minutes === null) return [];
  const message = `The source throws away rows that a snapshot still needs after ${minutes} minutes (old_snapshot_threshold).`;
  const remedy = "Turn it off for the time of the import (old_snapshot_threshold = -1, which takes a restart).";
  return [finding("server.snapshot_age", "warn", message, { remedy })];
});

export const serverChecks = [
  version,
  encoding,
  connections,
  recovery,
  collation,
  timeouts,
  snapshotAge,
  ...activityChecks,
];
