import { check, finding } from "../check";
import { scopeOf } from "../in-scope";
import { counted, qualified, someOf } from "../words";
import { constraintChecks } from "./inside-constraints";
import { objectChecks } from "./inside-objects";
import { roleChecks } from "./inside-roles";
import { routineChecks } from "./inside-routines";

const contents = check("inside.contents", ["contents"], ({ contents: found }) => {
  const parts: [number, string, string?][] = [
    [found.views, "view"],
    [found.materializedViews, "materialized view"],
    [found.partitionedTables, "partitioned table"],
    [found.inheritingTables, "table that inherits", "tables that inherit"],
    [found.sequences, "sequence"],
    [found.identityColumns, "identity column"],
    [found.generatedColumns, "generated column"],
    [found.types, "type"],
    [found.routines, "routine"],
    [found.triggers, "trigger"],
    [found.policies, "row security policy", "row security policies"],
    [found.rules, "rule"],
    [found.exclusionConstraints, "exclusion constraint"],
    [found.deferrableConstraints, "deferrable constraint"],
    [found.statistics, "extended statistics object"],
    [found.publications, "publication"],
  ];
  const words = parts.filter(([count]) => count > 0).map((part) => counted(...part));
  return words.length === 0
    ? []
    : [finding("inside.contents", "info", `Beside its tables it holds ${words.join(", ")}.`)];
});

const temporary = check("inside.temporary", ["contents"], ({ contents: { temporaryTables } }) => {
  if (temporaryTables === 0) return [];
  const message = `${counted(temporaryTables, "temporary table")} of open sessions will not be carried.`;
  return [finding("inside.temporary", "info", message)];
});

const subscriptions = check("inside.subscriptions", ["contents"], ({ contents: { subscriptions: names } }) => {
  if (names.length === 0) return [];
  const message = `The source subscribes to others (${someOf(names)}). Subscriptions are not carried: they would start to replicate into the target.`;
  return [finding("inside.subscriptions", "info", message, { remedy: "Create them there when you want that." })];
});

const primaryKeys = check("inside.primary_key", ["tables", "surroundings"], (context) => {
  const without = context.tables.filter(({ hasPrimaryKey }) => !hasPrimaryKey).filter(scopeOf(context));
  if (without.length === 0) return [];
  const verb = without.length === 1 ? "has" : "have";
  const message = `${counted(without.length, "table")} ${verb} no primary key: ${someOf(without.map(qualified))}. It makes no difference to a copy; replicating live would need one.`;
  return [finding("inside.primary_key", "info", message)];
});

const awkwardNames = check("inside.names", ["peculiarities"], ({ peculiarities }) => {
  const { awkwardNames: names } = peculiarities;
  if (names.length === 0) return [];
  const shown = names.map((one) => JSON.stringify(qualified(one)));
  const message = `Names with quotes or line breaks in them, or as long as a name can be, are carried exactly: ${someOf(shown, 5)}.`;
  return [finding("inside.names", "info", message)];
});

const keysToProvider = check("inside.provider_keys", ["provider", "peculiarities", "surroundings"], (context) => {
  const { provider, peculiarities } = context;
  if (!provider) return [];
  const isInScope = scopeOf(context);
  const isTheirs = (schema: string) => provider.schemas.includes(schema);
  const keys = peculiarities.foreignKeysAcross.filter(
    ({ schema, table, toSchema }) => isTheirs(toSchema) && isInScope({ schema, name: table }),
  );
  if (keys.length === 0) return [];
  const names = keys.map((key) => `${key.name} of ${key.schema}.${key.table} (to ${key.toSchema}.${key.toTable})`);
  const message = `Foreign keys into schemas of ${provider.name} are left out with those: ${someOf(names)}. The columns keep their values.`;
  const remedy = "Choose those schemas too (--schemas) to bring the tables and the keys along.";
  return [finding("inside.provider_keys", "warn", message, { remedy })];
});

export const insideChecks = [
  contents,
  temporary,
  subscriptions,
  primaryKeys,
  awkwardNames,
  keysToProvider,
  ...objectChecks,
  ...roleChecks,
  ...constraintChecks,
  ...routineChecks,
];
