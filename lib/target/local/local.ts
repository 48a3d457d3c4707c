import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import { describeDatabase } from "../describe";
import { withoutBranches } from "../refusals";
import type { Target } from "../target";

const DUPLICATE_DATABASE = "42P04";

/** A database of its own on the server that Ferry carries with it, owned by a role that is no superuser, as on Neon. */
export function localTarget(admin: ConnectionSpec, database: string): Target {
  const asAdmin = { side: "target", name: "ferry target" } as const;
  return {
    ...withoutBranches("a database on this Ferry's own server"),
    kind: "local",
    askAt: async () => admin,
    describe: () =>
      withSession(admin, asAdmin, async (client) => {
        const facts = await describeDatabase(client);
        // It will be made empty, and whoever makes a database owns it.
        return { ...facts, database, host: null, locale: null, objects: [], largeObjects: 0, mayCreateSchemas: true };
      }),
    prepare: () =>
      withSession(admin, asAdmin, async (client) => {
        try {
          await client.query(`create database ${quoteIdentifier(database)} template template0 encoding 'UTF8'`);
        } catch (error) {
          if (sqlstateOf(error) !== DUPLICATE_DATABASE) throw error; // Made before a crash: it is this import's.
        }
        return { ...admin, database };
      }),
    addresses: async () => ({ direct: { ...admin, database }, pooled: null }),
    discard: () =>
      withSession(admin, asAdmin, async (client) => {
        await client.query(`drop database if exists ${quoteIdentifier(database)} with (force)`);
      }),
  };
}

/** `import-2026-11-20T09-30` and the end of the import's id: unique, and readable in a list of databases. */
export function localDatabaseName(importId: string, at: Date): string {
  return `import-${at.toISOString().slice(0, 16).replace(":", "-")}-${importId.slice(-4).toLowerCase()}`;
}
