import { eq, sql } from "drizzle-orm";
import { type Database, database, type Transaction } from "@/lib/db/client";
import { neonTargets } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import type { NeonMade, NeonNotes, NeonPlace } from "@/lib/target/neon/place";
import type { NeonOwner } from "./account";

/** As it is stored: the rest follows from the import. */
export type StoredPlace = Omit<NeonPlace, "importId" | "expiresAt">;

export async function storeNeonTarget(
  db: Database | Transaction,
  importId: string,
  owner: NeonOwner,
  place: StoredPlace,
): Promise<void> {
  await db.insert(neonTargets).values({ importId, ownerId: owner, place, made: {} });
}

export async function loadNeonTarget(importId: string): Promise<{ owner: NeonOwner; place: StoredPlace }> {
  const [row] = await database().select().from(neonTargets).where(eq(neonTargets.importId, importId));
  if (!row) throw new FerryError("import.missing", { id: importId });
  return { owner: row.ownerId, place: row.place as StoredPlace };
}

/**
 * What is made for an import, in the metadata database. Once the import is cancelled nothing more is noted, and what is
 * not noted is not made: so the clean-up knows of everything that may still come.
 */
export function notesOf(importId: string): NeonNotes {
  const own = eq(neonTargets.importId, importId);
  const wanted = sql`not exists (select 1 from imports where id = ${importId} and status = 'cancelled')`;
  const change = async (made: ReturnType<typeof sql>, when = wanted): Promise<NeonMade> => {
    const [row] = await database()
      .update(neonTargets)
      .set({ made })
      .where(sql`${own} and ${when}`)
      .returning({ made: neonTargets.made });
    if (!row) throw new FerryError("import.wrong_state", { status: "cancelled", verb: "prepared" });
    return row.made as NeonMade;
  };
  const json = (made: NeonMade) => sql`${JSON.stringify(made)}::jsonb`;
  return {
    read: async () => {
      const [row] = await database().select({ made: neonTargets.made }).from(neonTargets).where(own);
      return (row?.made ?? {}) as NeonMade;
    },
    write: (made) => change(sql`${neonTargets.made} || ${json(made)}`),
    decide: (made) => change(sql`${json(made)} || ${neonTargets.made}`),
    forget: (names) =>
      change(
        sql`${neonTargets.made} - ${sql.raw(`array[${names.map((name) => `'${name}'`).join(", ")}]::text[]`)}`,
        sql`true`,
      ),
  };
}

/** For who looks before there is an import: nothing is made, so nothing is kept. */
export function noNotes(): NeonNotes {
  const nothing = async (): Promise<NeonMade> => ({});
  return { read: nothing, write: nothing, decide: nothing, forget: nothing };
}
