import type { LargeObjects } from "./large-objects";
import type { TableKey } from "./table-keys";
import type { SourceType } from "./type-facts";

/** What the catalogue of the source says, as far as checks and plan need it. Plain values: it can be stored. */
export interface Inventory {
  server: ServerFacts;
  tables: SourceTable[];
  sequences: SourceRelation[];
  /** Populated materialized views with the materialized views each one reads. */
  materializedViews: SourceMaterializedView[];
  types: SourceType[];
  largeObjects: LargeObjects;
  surroundings: Surroundings;
}

/** What is around the user's objects: it tells whose server this is, and what pg_dump does not say of extensions. */
export interface Surroundings {
  schemas: string[];
  roles: string[];
  extensions: { name: string; version: string }[];
  /** Names of settings that are not Postgres' own, such as `rds.extensions`. */
  settings?: string[];
  /** Tables and partitioned tables that this role may not lock, each with the tables it is a partition of. */
  closed: ClosedTable[];
}

export interface ClosedTable {
  schema: string;
  name: string;
  ancestors: { schema: string; name: string }[];
}

export interface ServerFacts {
  /** As `server_version_num`: 170010. */
  versionNumber: number;
  version: string;
  /** All of `version()`: look-alikes name themselves there. */
  versionText: string;
  database: string;
  user: string;
  /** With indexes. On a server with very many relations as it last counted them. */
  databaseBytes: number;
  encoding: string;
  collation: string;
  inRecovery: boolean;
  isSuperuser: boolean;
  bypassesRowSecurity: boolean;
  /** Sessions that this role may still open, by the server's limits. */
  freeConnections: number;
}

export interface SourceRelation {
  oid: number;
  schema: string;
  name: string;
  readable: boolean;
}

export interface SourceColumn {
  name: string;
  typeOid: number;
  generated: boolean;
}

export interface SourceTable extends SourceRelation {
  columns: SourceColumn[];
  estimatedRows: number;
  /** Heap and TOAST, without indexes. */
  bytes: number;
  pages: number;
  schemaUsable: boolean;
  /** Row security applies to this role, unless it may bypass it: to an owner only where it is forced. */
  rowsHidden: boolean;
  unlogged: boolean;
  /** What a large table is cut by on a server that cannot read ranges of pages. */
  key?: TableKey;
}

export interface SourceMaterializedView extends SourceRelation {
  reads: number[];
}

/** TID range scans exist from here on; before, a range of pages would read the whole table each time. */
export const PAGE_RANGES_FROM_MAJOR = 14;

/** `17.10` from 170010, `9.6` never occurs: 10 is the oldest that is read. */
export function majorVersion(server: Pick<ServerFacts, "versionNumber">): number {
  return Math.floor(server.versionNumber / 10_000);
}
