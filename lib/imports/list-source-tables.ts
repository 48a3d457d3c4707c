import { LEDGER_SCHEMA } from "@/lib/copy/ledger";
import { providerOf } from "@/lib/plan/scope";
import { withSession } from "@/lib/postgres/session";
import { readRolesInUse } from "@/lib/source/facts/roles";
import { inspectSurroundings } from "@/lib/source/inspect";
import { readTableTree, type TreeSchema } from "@/lib/source/table-tree";
import { openCredential } from "./credentials";
import { loadImport } from "./record";

/** Somebody waits for it in front of a page. */
const LONGEST_MS = 30_000;

export interface SourceTables {
  schemas: TreeSchema[];
  /** Those of them that the provider keeps for itself: they stay behind unless somebody names them. */
  providers: { name: string; schemas: string[] } | null;
  /** Who owns something there or was granted something, without the provider's own. */
  roles: string[];
}

/** What there is to choose from, read from the source itself as it is now. */
export async function listSourceTables({ id }: { id: string }): Promise<SourceTables> {
  const { options } = await loadImport(id);
  const source = await openCredential(id, "source");
  const session = { side: "source", name: "ferry tables", workMs: LONGEST_MS } as const;
  const { surroundings, tree, roles } = await withSession(source, session, async (client) => {
    await client.query(`set statement_timeout = ${LONGEST_MS}`);
    return {
      surroundings: await inspectSurroundings(client),
      tree: await readTableTree(client),
      roles: await readRolesInUse(client),
    };
  });
  const provider = providerOf({ host: source.host, surroundings, options: { ...options, schemas: [], tables: [] } });
  const schemas = tree.filter(({ name }) => name !== LEDGER_SCHEMA);
  const kept = schemas.map(({ name }) => name).filter((name) => provider?.schemas.includes(name));
  const named = [...new Set([...roles.owners.map(({ role }) => role), ...roles.grantees])];
  return {
    schemas,
    providers: provider && kept.length > 0 ? { name: provider.name, schemas: kept } : null,
    roles: named.filter((role) => !role.startsWith("pg_") && !provider?.roles.includes(role)).sort(),
  };
}
