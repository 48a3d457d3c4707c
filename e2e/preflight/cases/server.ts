import type { Case } from "./case";

export const serverCases = (version: number): Case[] => [
  ["plain", "its version", "server.version", "info", new RegExp(`Postgres ${version}\\.`)],
  ["plain", "an encoding that is known", "server.sql_ascii", "nothing"],
  ["plain", "enough connections", "server.connections", "nothing"],
  ["plain", "a primary", "server.replica", "nothing"],
  ["plain", "limits that a session can turn off", "server.timeouts", "nothing"],
  ["plain", "no threshold of old snapshots", "server.snapshot_age", "nothing"],
  ["plain", "a library of the version it was made with", "server.collation_version", "nothing"],
  ["plain", "a newer target", "server.target_older", "nothing"],
  ["plain", "no lock", "server.locked", "nothing"],
  ["plain", "no prepared transaction", "server.prepared_transactions", "nothing"],
  ["plain", "no long transaction", "server.long_transactions", "nothing"],
  ["plain", "transactions that are young", "server.wraparound", "nothing"],
  ["plain", "no replica behind", "server.standby_lag", "nothing"],
  ["reader", "what a plain role may not see of others", "check.failed", "nothing"],
];
