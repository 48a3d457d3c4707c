import type { ArchiveEntry } from "../archive";
import type { TableName } from "../dump/arguments";

/** Names the user chose. Empty lists of schemas and tables mean everything. */
export interface SchemaFilter {
  schemas: readonly string[];
  tables: readonly TableName[];
  excludeTables: readonly TableName[];
  /** Of these and their partitions only the definition comes. */
  withoutData?: readonly TableName[];
}

/**
 * Who owns what arrives. `none`: the importing role, and grants are left out. `keep`: as on the source, missing
 * roles are created. `map`: owners and grants of the named roles go to others, the rest as with `none`.
 */
export type Ownership = (
  | { mode: "none" }
  | { mode: "keep" }
  | { mode: "map"; roles: Readonly<Record<string, string>> }
) & {
  /** The provider's own roles: they own and are granted nothing on the target. */
  ignored?: readonly string[];
};

export interface TargetExtension {
  name: string;
  defaultVersion: string;
  versions: readonly string[];
  installed: { version: string; schema: string } | null;
  /** May be created without being a superuser. */
  trusted: boolean;
}

export interface TargetRole {
  name: string;
  /** Whether the importing role is a member, could make itself one, or neither: only a member hands objects over. */
  membership: "member" | "possible" | "none";
}

/** What the target is able to take. */
export interface PolicyTarget {
  versionNumber: number;
  database: string;
  user: string;
  isSuperuser: boolean;
  mayCreateRoles: boolean;
  /** Lets its own role do some of what elsewhere only a superuser may. */
  isNeon: boolean;
  extensions: readonly TargetExtension[];
  roles: readonly TargetRole[];
  schemas: readonly string[];
  languages: readonly { name: string; trusted: boolean }[];
  accessMethods: readonly string[];
  /** Names of the settings that the server knows; null where it could not be asked: then they are Postgres' own. */
  settings: readonly string[] | null;
}

/** What belongs to the provider of the source and not to the user's database. */
export interface ProviderRules {
  /** In words, for the reasons: `Supabase`. */
  name: string;
  schemas: readonly string[];
  extensions: readonly string[];
  publications: readonly string[];
  eventTriggers: readonly string[];
  /** Schemas made for extensions only, with the schema in which the extensions belong. */
  movedSchemas: Readonly<Record<string, string>>;
  /** Functions of its schemas that work anywhere and come along where the user's objects call them: `auth.uid()`. */
  keptFunctions?: readonly string[];
}

export interface PolicyContext {
  filter: SchemaFilter;
  ownership: Ownership;
  target: PolicyTarget;
  provider: ProviderRules | null;
  /** Versions of the source's extensions, which pg_dump does not carry. */
  sourceExtensions?: readonly { name: string; version: string }[];
}

export type Action = "apply" | "rewrite" | "skip" | "best-effort" | "block";

/** What happens to an entry. `statement` is empty for what is skipped or blocks. */
export interface Verdict {
  entry: ArchiveEntry;
  action: Action;
  statement: string;
  reason?: string;
  /** A table that is only here because something else needs it: it arrives without rows. */
  definitionOnly?: true;
}

/** Nobody could be asked: it is what is known of such a place. */
export const isForeseen = ({ settings }: PolicyTarget): boolean => settings === null;

export const isSuperuserLike = ({ isSuperuser, isNeon }: PolicyTarget): boolean => isSuperuser || isNeon;

export const isCarried = (action: Action): boolean => action !== "skip" && action !== "block";

export const hasRole = ({ roles }: PolicyTarget, role: string): boolean => roles.some(({ name }) => name === role);
