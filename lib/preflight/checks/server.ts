import { majorVersion } from "@/lib/source/inventory";
import { type Check, finding } from "../check";

const OLDEST = 10;
const NEWEST = 18;

/** Servers that speak the protocol and are something else inside; their version() says so. */
const LOOK_ALIKES: [RegExp, string][] = [
  [/CockroachDB/i, "CockroachDB"],
  [/-YB-|Yugabyte/i, "YugabyteDB"],
  [/Redshift/i, "Amazon Redshift"],
  [/Greenplum/i, "Greenplum"],
  [/Materialize/i, "Materialize"],
];

export const version: Check = ({ source: { server }, target }) => {
  const lookAlike = LOOK_ALIKES.find(([pattern]) => pattern.test(server.versionText));
  if (lookAlike) {
    const message = `The source is ${lookAlike[1]}, which only looks like Postgres; its catalogue cannot be dumped.`;
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
};

export const encoding: Check = ({ source: { server } }) =>
  server.encoding === "SQL_ASCII"
    ? [
        finding(
          "server.sql_ascii",
          "warn",
          "The source's encoding is SQL_ASCII: it does not know which letters its bytes are.",
          {
            remedy:
              "Text that is not valid UTF-8 will be refused by the target, row by row. Convert it on the source first.",
          },
        ),
      ]
    : [];

/** Lanes, the keeper of the snapshot, pg_dump and one to spare. */
const SESSIONS_BESIDE_LANES = 3;

export const connections: Check = ({ source: { server }, options }) => {
  const needed = options.lanes + SESSIONS_BESIDE_LANES;
  if (server.freeConnections >= needed) return [];
  const message = `The source has ${Math.max(server.freeConnections, 0)} free connections; this import uses up to ${needed}.`;
  return [finding("server.connections", "warn", message, { remedy: "Close idle sessions there, or use fewer lanes." })];
};

export const recovery: Check = ({ source: { server } }) =>
  server.inRecovery
    ? [finding("server.replica", "info", "The source is a read replica: what it has received so far is imported.")]
    : [];
