import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import type { PolicyTarget } from "@/lib/schema/policy/context";
import { target as policyTarget } from "@/lib/schema/policy/fixture";
import type { Activity } from "@/lib/source/facts/activity";
import type { Contents } from "@/lib/source/facts/contents";
import type { ExtensionUse } from "@/lib/source/facts/extension-use";
import type { LeanedOnRoutine } from "@/lib/source/facts/leaned-on";
import type { Peculiarities } from "@/lib/source/facts/peculiarities";
import type { RolesInUse } from "@/lib/source/facts/roles";
import type { ServerSettings } from "@/lib/source/facts/settings";
import type { SpecialObject } from "@/lib/source/facts/special-objects";
import type { ClosedSequence, TableFacts } from "@/lib/source/facts/tables";
import type { ServerFacts, Surroundings } from "@/lib/source/inventory";
import type { LargeObjects } from "@/lib/source/large-objects";
import { PROVIDERS } from "@/lib/source/providers";
import type { TargetFacts } from "@/lib/target/target";
import type { CheckContext } from "./check";

export interface Changes {
  server?: Partial<ServerFacts>;
  settings?: Partial<ServerSettings>;
  activity?: Partial<Activity>;
  tables?: Partial<TableFacts>[];
  closedSequences?: ClosedSequence[];
  largeObjects?: Partial<LargeObjects>;
  surroundings?: Partial<Surroundings>;
  contents?: Partial<Contents>;
  extensions?: Partial<ExtensionUse>[];
  objects?: Partial<SpecialObject>[];
  roles?: Partial<RolesInUse>;
  peculiarities?: Partial<Peculiarities>;
  routines?: LeanedOnRoutine[];
  /** By its id. */
  provider?: string;
  bytesPerSecond?: number;
  sourceHost?: string;
  sourceSystemIdentifier?: string | null;
  target?: Partial<TargetFacts> | null;
  takes?: Partial<PolicyTarget>;
  shape?: CheckContext["shape"];
  receiver?: CheckContext["receiver"];
  resuming?: boolean;
  options?: Partial<ImportOptions>;
}

const table: TableFacts = {
  schema: "public",
  name: "orders",
  estimatedRows: 0,
  bytes: 0,
  toastBytes: 0,
  indexBytes: 0,
  indexes: 1,
  readable: true,
  schemaUsable: true,
  rowsHidden: false,
  unlogged: false,
  hasPrimaryKey: true,
};
const server: ServerFacts = {
  versionNumber: 150_010,
  version: "15.10",
  versionText: "PostgreSQL 15.10 on x86_64-pc-linux-gnu",
  database: "shop",
  user: "anna",
  databaseBytes: 9_000_000,
  encoding: "UTF8",
  collation: "en_US.UTF-8",
  inRecovery: false,
  isSuperuser: false,
  bypassesRowSecurity: false,
  freeConnections: 90,
};
const settings: ServerSettings = {
  localeProvider: "libc",
  locale: "en_US.UTF-8",
  collationDrift: null,
  timeouts: [],
  snapshotTooOldMinutes: null,
  freeForRole: null,
  freeInDatabase: null,
  tablespaces: [],
};
const activity: Activity = {
  locked: [],
  longTransactions: [],
  preparedTransactions: [],
  wraparoundVacuums: [],
  vacuumWorkers: { busy: 0, all: 3 },
  transactionAge: 1_000,
  replicaDelaySeconds: null,
  standbys: [],
};
const contents: Contents = {
  sequences: 0,
  views: 0,
  materializedViews: 0,
  partitionedTables: 0,
  inheritingTables: 0,
  routines: 0,
  triggers: 0,
  policies: 0,
  rules: 0,
  types: 0,
  publications: 0,
  statistics: 0,
  exclusionConstraints: 0,
  deferrableConstraints: 0,
  generatedColumns: 0,
  identityColumns: 0,
  temporaryTables: 0,
  subscriptions: [],
};
const target: TargetFacts = {
  versionNumber: 170_005,
  version: "17.5",
  versionText: "PostgreSQL 17.5 on aarch64-unknown-linux-gnu",
  database: "neondb",
  user: "neondb_owner",
  isSuperuser: false,
  mayCreateSchemas: true,
  encoding: "UTF8",
  locale: "en_US.UTF-8",
  host: "target.example.org",
  sizeLimitBytes: null,
  usedBytes: 0,
  systemIdentifier: "222",
  branches: null,
  objects: [],
  largeObjects: 0,
};
/** What the policy's tests have, by the names that a Neon branch has. */
const takes: PolicyTarget = { ...policyTarget, database: "neondb", user: "neondb_owner", settings: [] };

/** For tests: a pair of databases that every check is content with, but for the changes. */
export function checkContext(changes: Changes = {}): CheckContext {
  return {
    server: { ...server, ...changes.server },
    settings: { ...settings, ...changes.settings },
    activity: { ...activity, ...changes.activity },
    tables: (changes.tables ?? []).map((more) => ({ ...table, ...more })),
    closedSequences: changes.closedSequences ?? [],
    largeObjects: { count: 0, bytes: 0, unreadable: 0, starts: [], ...changes.largeObjects },
    surroundings: { schemas: [], roles: [], extensions: [], closed: [], ...changes.surroundings },
    contents: { ...contents, ...changes.contents },
    extensions: (changes.extensions ?? []).map((more) => ({
      ...{ name: "citext", version: "1.6", schema: "public", users: [] },
      ...more,
      userCount: more.userCount ?? more.users?.length ?? 0,
    })),
    objects: (changes.objects ?? []).map((more) => ({
      ...{ kind: "FUNCTION", schema: "public", name: "public.f()", language: null, traits: [] },
      ...more,
    })),
    roles: { owners: [], grantees: [], defaultPrivileges: [], policies: [], ...changes.roles },
    peculiarities: {
      ...{ notValid: [], invalidIndexes: [], foreignKeysAcross: [], awkwardNames: [] },
      ...changes.peculiarities,
    },
    routines: changes.routines ?? [],
    provider: PROVIDERS.find(({ id }) => id === changes.provider) ?? null,
    throughput: changes.bytesPerSecond === undefined ? null : { bytesPerSecond: changes.bytesPerSecond },
    identifier: changes.sourceSystemIdentifier === undefined ? "111" : changes.sourceSystemIdentifier,
    sourceHost: changes.sourceHost ?? "db.example.org",
    target: changes.target === null ? null : { ...target, ...changes.target },
    takes: changes.target === null ? null : { ...takes, ...changes.takes },
    shape: changes.shape ?? null,
    receiver: changes.receiver ?? null,
    resuming: changes.resuming ?? false,
    options: importOptionsSchema.parse(changes.options ?? {}),
  };
}
