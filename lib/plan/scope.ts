import type { PolicyContext, PolicyTarget, SchemaFilter } from "@/lib/schema/policy/context";
import type { ClosedTable, Surroundings } from "@/lib/source/inventory";
import type { Provider } from "@/lib/source/providers";
import { recogniseProvider } from "@/lib/source/providers/recognise";
import { type ImportOptions, readTableNames } from "./options";
import { formatTableName } from "./table-name";

/** What decides whether something of the source is the user's, and wanted. */
export interface Circumstances {
  /** The source's. */
  host: string;
  surroundings: Surroundings;
  options: ImportOptions;
}

const filterOf = ({ schemas, tables, excludeTables, excludeTableData, content }: ImportOptions): SchemaFilter => ({
  schemas,
  tables: readTableNames(tables),
  excludeTables: readTableNames(excludeTables),
  // Where no table has rows, no row refers to one that is missing.
  withoutData: content !== "all" ? [] : readTableNames(excludeTableData),
});

/** What the policy goes by. */
export function policyContext(circumstances: Circumstances, target: PolicyTarget): PolicyContext {
  const { options, surroundings } = circumstances;
  const provider = providerOf(circumstances);
  const ignored = provider?.roles ?? [];
  return {
    target,
    filter: filterOf(options),
    ownership: ignored.length > 0 ? { ...options.owners, ignored } : options.owners,
    provider,
    sourceExtensions: surroundings.extensions,
  };
}

/** Whose server the source is. Who names a schema of the provider wants it, so that it counts as the user's. */
export function providerOf({ host, surroundings, options }: Circumstances): Provider | null {
  const provider = recogniseProvider({ host, ...surroundings });
  if (!provider) return null;
  const { schemas, tables } = filterOf(options);
  const chosen = new Set([...schemas, ...tables.map((table) => table.schema)]);
  return { ...provider, schemas: provider.schemas.filter((schema) => !chosen.has(schema)) };
}

/** Whether a table is to come along. Partitions go where their parents go. */
export function tablesInScope(circumstances: Circumstances): (table: ClosedTable) => boolean {
  const own = new Set(providerOf(circumstances)?.schemas);
  const { schemas, tables, excludeTables } = filterOf(circumstances.options);
  const everything = schemas.length + tables.length === 0;
  const listed = new Set(tables.map(formatTableName));
  const excluded = new Set(excludeTables.map(formatTableName));
  return ({ schema, name, ancestors }) => {
    const names = [{ schema, name }, ...ancestors].map(formatTableName);
    if (own.has(schema) || names.some((one) => excluded.has(one))) return false;
    return everything || schemas.includes(schema) || names.some((one) => listed.has(one));
  };
}
