import { ulid } from "ulid";
import * as z from "zod";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import { verifyLevel } from "@/lib/plan/verify-level";
import { type ConnectionSpec, publicAddress } from "@/lib/postgres/connection-spec";
import { type CategoryResult, firstBlock } from "@/lib/preflight/run-checks";
import { localDatabaseName, localTarget } from "@/lib/target/local/local";
import type { Target } from "@/lib/target/target";
import { urlTarget } from "@/lib/target/url";
import { storeCredential } from "./credentials";
import { storeFindings } from "./findings";
import { type Asked, keepOwnKey, type NeonAccount, OWN, openNeonAccount } from "./neon/account";
import { storeNeonTarget } from "./neon/notes";
import { type NeonEnd, neonChoiceSchema, readNeonEnd } from "./neon/place";
import type { EndpointRecord } from "./record";
import { type CheckedPair, checkBoth } from "./run/inspect-both";
import { reachServer, readAddress, refuseSocketOfHost } from "./run/read-address";
import { localServer } from "./run/targets";

export const createImportSchema = z.object({
  sourceText: z.string().max(10_000).optional(),
  demo: z.boolean().optional(),
  target: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("local") }),
    z.object({ kind: z.literal("url"), text: z.string().max(10_000) }),
    neonChoiceSchema,
  ]),
  options: importOptionsSchema.partial().optional(),
});

export type CreateImportInput = z.input<typeof createImportSchema>;

interface Ends {
  source: ConnectionSpec;
  target: Target;
  /** Known beforehand only where the user named it. */
  targetSpec: ConnectionSpec | null;
  sourceKind: EndpointRecord["kind"];
  targetAddress: Omit<EndpointRecord, "version">;
  /** For a target on Neon. */
  neon?: NeonEnd;
}

/** An import that nobody knows of yet, with what the checks found. */
export interface LookedAt {
  id: string;
  ends: Ends;
  options: ImportOptions;
  checked: CheckedPair;
}

interface LookRequest {
  input: CreateImportInput;
  /** The id of who makes it; null for a command line. */
  by?: string | null;
  /** Hears of each category of checks as it is done. */
  onCategory?: (result: CategoryResult) => void;
  /** Of a command line, which is given a key; others use the account of who asks. */
  neonAccount?: NeonAccount;
}

/**
 * Reads what was pasted, looks at both ends, runs the checks and keeps all of it as a draft. Until that has worked
 * nothing is stored, and nothing is created anywhere.
 */
export async function createImport(request: LookRequest): Promise<{ id: string }> {
  const { input } = request;
  refuseSocketOfHost("source", sourceText(input));
  if (input.target.kind === "url") refuseSocketOfHost("target", input.target.text);
  return keepDraft(await lookAtEnds(request), request.by);
}

/** The part that needs no metadata database: the command line does it while it starts one. */
export async function lookAtEnds({ input, by, onCategory, neonAccount }: LookRequest): Promise<LookedAt> {
  const id = ulid();
  const ends = await reachEnds(await readEnds(input, id, neonAccount ?? { by: by ?? "local" }));
  const asked: ImportOptions = importOptionsSchema.parse(input.options ?? {});
  const { source, target } = ends;
  const checked = await checkBoth({ source, target, options: asked, resuming: false, onCategory });
  // From here on it is known and shown what will be compared.
  const options = { ...asked, verify: verifyLevel(asked.verify, checked.server.databaseBytes) };
  return { id, ends, options, checked };
}

export async function keepDraft(
  { id, ends, options, checked }: LookedAt,
  by: string | null = null,
): Promise<{ id: string }> {
  const { server, provider, target, findings } = checked;
  const source: EndpointRecord = {
    ...publicAddress(ends.source),
    kind: ends.sourceKind,
    version: server.version,
    provider: provider?.name ?? null,
  };
  await database().transaction(async (tx) => {
    await tx.insert(imports).values({
      id,
      name: server.database,
      status: firstBlock(findings) ? "blocked" : "draft",
      options,
      source,
      target: { ...ends.targetAddress, version: target?.version ?? null },
      createdBy: by,
    });
    await storeCredential(tx, id, "source", ends.source);
    if (ends.targetSpec) await storeCredential(tx, id, "target", ends.targetSpec);
    if (ends.neon) {
      const { account, place } = ends.neon;
      if (account.owner === OWN) await keepOwnKey(tx, id, account.access.key);
      await storeNeonTarget(tx, id, account.owner, { ...place, sourceBytes: server.databaseBytes });
    }
  });
  await storeFindings(id, findings, options);
  return { id };
}

async function readEnds(input: CreateImportInput, id: string, neon: NeonAccount | Asked): Promise<Ends> {
  const named = readAddress("source", sourceText(input));
  const source: ConnectionSpec = input.demo ? { ...named, isOwn: true } : named;
  const sourceKind = input.demo ? "demo" : "url";
  if (input.target.kind === "url") {
    const { text } = input.target;
    return { source, sourceKind, ...namedTarget(readAddress("target", text)) };
  }
  if (input.target.kind === "neon") {
    const account = "by" in neon ? await openNeonAccount(neon) : neon;
    const end = await readNeonEnd(account, neonChoiceSchema.parse(input.target), id, source.database);
    return { source, sourceKind, target: end.target, targetSpec: null, targetAddress: end.address, neon: end };
  }
  const server = localServer();
  const name = localDatabaseName(id, new Date());
  const targetAddress = { ...publicAddress(server), database: name, kind: "local" as const };
  return { source, sourceKind, target: localTarget(server, name), targetSpec: null, targetAddress };
}

function namedTarget(spec: ConnectionSpec): Pick<Ends, "target" | "targetSpec" | "targetAddress"> {
  return { target: urlTarget(spec), targetSpec: spec, targetAddress: { ...publicAddress(spec), kind: "url" } };
}

/** The servers that all sessions of this import will meet. */
async function reachEnds(ends: Ends): Promise<Ends> {
  const { source, targetSpec } = ends;
  const [reached, target] = await Promise.all([
    reachServer("source", source),
    targetSpec ? reachServer("target", targetSpec).then(namedTarget) : {},
  ]);
  return { ...ends, source: reached, ...target };
}

function sourceText({ demo, sourceText: text }: CreateImportInput): string {
  if (!demo) return text ?? "";
  const url = env().FERRY_DEMO_SOURCE_URL;
  if (!url) throw new FerryError("input.invalid", { reason: "this Ferry carries no demo database" });
  return url;
}
