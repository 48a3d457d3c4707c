import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import type { ServerFacts, SourceRelation, SourceTable, Surroundings } from "@/lib/source/inventory";
import type { LargeObjects } from "@/lib/source/large-objects";
import type { TargetFacts } from "@/lib/target/target";
import type { CheckContext } from "./check";

interface Changes {
  server?: Partial<ServerFacts>;
  tables?: Partial<SourceTable>[];
  sequences?: Partial<SourceRelation>[];
  largeObjects?: Partial<LargeObjects>;
  surroundings?: Partial<Surroundings>;
  sourceHost?: string;
  sourceSystemIdentifier?: string | null;
  target?: Partial<TargetFacts> | null;
  resuming?: boolean;
  options?: Partial<ImportOptions>;
}

const relation = { oid: 1, schema: "public", name: "orders", readable: true };
const table: SourceTable = {
  ...relation,
  columns: [],
  estimatedRows: 0,
  bytes: 0,
  pages: 0,
  schemaUsable: true,
  rowsHidden: false,
  unlogged: false,
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
const target: TargetFacts = {
  versionNumber: 170_005,
  version: "17.5",
  versionText: "PostgreSQL 17.5 on aarch64-unknown-linux-gnu",
  database: "neondb",
  user: "neondb_owner",
  isSuperuser: false,
  mayCreateSchemas: true,
  encoding: "UTF8",
  systemIdentifier: "222",
  objects: [],
  largeObjects: 0,
};

/** For tests: a pair of databases that every check is content with, but for the changes. */
export function checkContext(changes: Changes = {}): CheckContext {
  return {
    source: {
      server: { ...server, ...changes.server },
      tables: (changes.tables ?? []).map((more) => ({ ...table, ...more })),
      sequences: (changes.sequences ?? []).map((more) => ({ ...relation, ...more })),
      materializedViews: [],
      types: [],
      largeObjects: { count: 0, bytes: 0, unreadable: 0, starts: [], ...changes.largeObjects },
      surroundings: { schemas: [], roles: [], extensions: [], closed: [], ...changes.surroundings },
    },
    sourceHost: changes.sourceHost ?? "db.example.org",
    sourceSystemIdentifier: changes.sourceSystemIdentifier === undefined ? "111" : changes.sourceSystemIdentifier,
    target: changes.target === null ? null : { ...target, ...changes.target },
    resuming: changes.resuming ?? false,
    options: importOptionsSchema.parse(changes.options ?? {}),
  };
}
