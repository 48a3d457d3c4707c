import { check, finding } from "../check";
import { regionOf } from "../data/regions";
import { someOf } from "../words";
import { fits } from "./fits";
import { roomForLargeObjects } from "./large-objects";

const SHOWN = 5;

const empty = check("target.empty", ["target"], ({ target, resuming, options }) => {
  if (!target || resuming || options.content === "data" || target.objects.length === 0) return [];
  const message = `The target database is not empty: it has ${someOf(target.objects, SHOWN)}.`;
  const remedy =
    "Create an empty database there and use its connection string, so that nothing of yours is mixed up or overwritten.";
  return [finding("target.not_empty", "block", message, { remedy })];
});

const mayCreate = check("target.may_create", ["target"], ({ target }) => {
  if (!target || target.mayCreateSchemas) return [];
  const message = `User ${target.user} may not create schemas in the target database.`;
  return [finding("target.create", "block", message, { remedy: "Connect as the owner of the target database." })];
});

const sameDatabase = check(
  "target.same_database",
  ["server", "identifier", "target"],
  ({ server, identifier, target }) => {
    if (!target || identifier === null || identifier !== target.systemIdentifier) return [];
    if (server.database !== target.database) return [];
    const message = "Source and target are the same database.";
    return [finding("target.same_database", "block", message, { remedy: "Choose another target." })];
  },
);

const encoding = check("target.encoding", ["server", "target"], ({ server, target }) => {
  if (!target || target.encoding === server.encoding || target.encoding === "UTF8") return [];
  const message = `The source stores text as ${server.encoding}, the target as ${target.encoding}.`;
  const remedy = "Use a target database with encoding UTF8: letters that the other one lacks are refused.";
  return [finding("target.encoding", "warn", message, { remedy })];
});

/** Neon would refuse the import's branch; better to be told now. */
const branches = check("target.branches", ["target"], ({ target }) => {
  if (!target?.branches || target.branches.used < target.branches.limit) return [];
  const message = `The project has ${target.branches.used} branches, and its Neon plan allows ${target.branches.limit}: there is no room for the import's.`;
  const remedy = "Delete a branch that nobody needs, or choose a larger plan or another project.";
  return [finding("target.branches", "block", message, { remedy })];
});

/** Rows travel twice: source, Ferry, target. Of the last two nothing is known here. */
const region = check("target.region", ["target"], ({ sourceHost, target }) => {
  const found = regionOf(sourceHost);
  if (!found) return [];
  const there = target?.host == null ? null : regionOf(target.host);
  if (there && there.nearestOfNeon === found.nearestOfNeon) return [];
  const message = there
    ? `The source is in ${found.code} by its host name, the target in ${there.code}: rows travel far.`
    : `The source is in ${found.code} by its host name.`;
  const remedy = `The region of Neon that is nearest to it is ${found.nearestOfNeon}.`;
  return [finding("target.region", "info", message, { remedy })];
});

export const targetChecks = [empty, fits, mayCreate, sameDatabase, encoding, roomForLargeObjects, branches, region];
