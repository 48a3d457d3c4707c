import { and, eq } from "drizzle-orm";
import * as z from "zod";
import type { Transaction } from "@/lib/db/client";
import { credentials, neonTargets } from "@/lib/db/schema";
import { type ConnectionSpec, publicAddress } from "@/lib/postgres/connection-spec";
import { localDatabaseName, localTarget } from "@/lib/target/local/local";
import type { Target } from "@/lib/target/target";
import { urlTarget } from "@/lib/target/url";
import { storeCredential } from "./credentials";
import { type Asked, keepOwnKey, type NeonAccount, OWN, openNeonAccount } from "./neon/account";
import { storeNeonTarget } from "./neon/notes";
import { type NeonEnd, neonChoiceSchema, readNeonEnd } from "./neon/place";
import type { EndpointRecord } from "./record";
import { reachServer, readAddress } from "./run/read-address";
import { localServer } from "./run/targets";

/** Where an import is to land, as somebody says it. */
export const targetChoiceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("local") }),
  z.object({ kind: z.literal("url"), text: z.string().max(10_000) }),
  neonChoiceSchema,
]);

export type TargetChoice = z.input<typeof targetChoiceSchema>;

export interface ChosenTarget {
  target: Target;
  /** Known beforehand only where the user named it. */
  spec: ConnectionSpec | null;
  address: Omit<EndpointRecord, "version">;
  /** For a target on Neon. */
  neon?: NeonEnd;
}

interface ReadRequest {
  importId: string;
  /** A branch has a database of this name. */
  sourceDatabase: string;
  neon: NeonAccount | Asked;
}

/** Makes nothing. Neon is asked what names are free there; a Postgres of one's own is asked nothing yet. */
export async function readTargetChoice(choice: TargetChoice, request: ReadRequest): Promise<ChosenTarget> {
  const { importId, sourceDatabase, neon } = request;
  if (choice.kind === "url") return namedTarget(readAddress("target", choice.text));
  if (choice.kind === "neon") {
    const account = "by" in neon ? await openNeonAccount(neon) : neon;
    const end = await readNeonEnd(account, neonChoiceSchema.parse(choice), importId, sourceDatabase);
    return { target: end.target, spec: null, address: end.address, neon: end };
  }
  const server = localServer();
  const name = localDatabaseName(importId, new Date());
  const address = { ...publicAddress(server), database: name, kind: "local" as const };
  return { target: localTarget(server, name), spec: null, address };
}

/** The server that all sessions of this import will meet. */
export async function reachTarget(chosen: ChosenTarget): Promise<ChosenTarget> {
  return chosen.spec ? namedTarget(await reachServer("target", chosen.spec)) : chosen;
}

function namedTarget(spec: ConnectionSpec): ChosenTarget {
  return { target: urlTarget(spec), spec, address: { ...publicAddress(spec), kind: "url" } };
}

/** What is kept of it beside the import's own row. What was chosen before it is forgotten. */
export async function storeTargetChoice(
  tx: Transaction,
  importId: string,
  { spec, neon }: ChosenTarget,
  sourceBytes: number,
): Promise<void> {
  await tx.delete(credentials).where(and(eq(credentials.importId, importId), eq(credentials.side, "target")));
  await tx.delete(neonTargets).where(eq(neonTargets.importId, importId));
  if (spec) await storeCredential(tx, importId, "target", spec);
  if (!neon) return;
  const { account, place } = neon;
  if (account.owner === OWN) await keepOwnKey(tx, importId, account.access.key);
  await storeNeonTarget(tx, importId, account.owner, { ...place, sourceBytes });
}
