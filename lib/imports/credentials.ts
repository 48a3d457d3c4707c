import { and, eq, isNull, sql } from "drizzle-orm";
import { type Database, database, type Transaction } from "@/lib/db/client";
import { credentials } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import { type ConnectionSpec, secretsOf } from "@/lib/postgres/connection-spec";
import { open, parseKeyring, seal } from "@/lib/security/keyring";
import { rememberSecrets } from "@/lib/security/redact";

export type EndSide = "source" | "target";

export const credentialOwner = (importId: string, side: EndSide) => `credential:${importId}:${side}`;

/** Seals a connection for the import; the clear form exists only in the memory of a process that uses it. */
export async function storeCredential(
  db: Database | Transaction,
  importId: string,
  side: EndSide,
  spec: ConnectionSpec,
): Promise<void> {
  const sealed = seal(parseKeyring(env().FERRY_KEYS), credentialOwner(importId, side), JSON.stringify(spec));
  await db
    .insert(credentials)
    .values({ importId, side, sealed })
    .onConflictDoUpdate({
      target: [credentials.importId, credentials.side],
      set: { sealed, wipedAt: null, createdAt: sql`now()` },
    });
}

export async function openCredential(importId: string, side: EndSide): Promise<ConnectionSpec> {
  const spec = await findCredential(importId, side);
  if (!spec) throw new FerryError("credentials.wiped", { side });
  return spec;
}

export async function findCredential(importId: string, side: EndSide): Promise<ConnectionSpec | null> {
  const [row] = await database()
    .select({ sealed: credentials.sealed })
    .from(credentials)
    .where(and(eq(credentials.importId, importId), eq(credentials.side, side)));
  if (!row?.sealed) return null;
  const spec = JSON.parse(
    open(parseKeyring(env().FERRY_KEYS), credentialOwner(importId, side), row.sealed),
  ) as ConnectionSpec;
  rememberSecrets(secretsOf(spec));
  return spec;
}

export async function wipeCredential(importId: string, side: EndSide): Promise<void> {
  await database()
    .update(credentials)
    .set({ sealed: null, wipedAt: sql`now()` })
    .where(and(eq(credentials.importId, importId), eq(credentials.side, side)));
}

/** The sides whose passwords are forgotten. */
export async function missingPasswords(importId: string): Promise<EndSide[]> {
  const gone = await database()
    .select({ side: credentials.side })
    .from(credentials)
    .where(and(eq(credentials.importId, importId), isNull(credentials.sealed)));
  return gone.map(({ side }) => side as EndSide);
}
