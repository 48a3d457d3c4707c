import { ulid } from "ulid";
import * as z from "zod";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import { type FileSource, fileSource } from "@/lib/files/file-source";
import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import { verifyLevel } from "@/lib/plan/verify-level";
import { type ConnectionSpec, publicAddress } from "@/lib/postgres/connection-spec";
import { type CategoryResult, firstBlock } from "@/lib/preflight/run-checks";
import { storeCredential } from "./credentials";
import { storeFindings } from "./findings";
import type { Asked, NeonAccount } from "./neon/account";
import { type EndpointRecord, UNCHOSEN } from "./record";
import { type CheckedPair, checkBoth } from "./run/inspect-both";
import { reachServer, readAddress, refuseSocketOfHost } from "./run/read-address";
import {
  type ChosenTarget,
  reachTarget,
  readTargetChoice,
  storeTargetChoice,
  targetChoiceSchema,
} from "./target-choice";

export const createImportSchema = z.object({
  sourceText: z.string().max(10_000).optional(),
  demo: z.boolean().optional(),
  /** The id of a file that has been loaded. */
  file: z.string().max(100).optional(),
  /** May be chosen later (`chooseTarget`): until then the checks look at the source alone. */
  target: targetChoiceSchema.optional(),
  options: importOptionsSchema.partial().optional(),
});

export type CreateImportInput = z.input<typeof createImportSchema>;

interface FileOrigin extends Pick<FileSource, "fileName" | "database"> {
  id: string;
}

interface Ends {
  source: ConnectionSpec;
  sourceKind: EndpointRecord["kind"];
  /** What the source was made of. */
  file: FileOrigin | null;
  /** Null while none is chosen. */
  chosen: ChosenTarget | null;
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
  if (input.file === undefined) refuseSocketOfHost("source", sourceText(input));
  if (input.target?.kind === "url") refuseSocketOfHost("target", input.target.text);
  return keepDraft(await lookAtEnds(request), request.by);
}

/** The part that needs no metadata database: the command line does it while it starts one. */
export async function lookAtEnds({ input, by, onCategory, neonAccount }: LookRequest): Promise<LookedAt> {
  const id = ulid();
  const ends = await reachEnds(await readEnds(input, id, neonAccount ?? { by: by ?? "local" }));
  const asked: ImportOptions = importOptionsSchema.parse(input.options ?? {});
  const { source, chosen } = ends;
  const checked = await checkBoth({
    source,
    target: chosen?.target ?? null,
    options: asked,
    resuming: false,
    onCategory,
  });
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
    ...(ends.file ? fileAddress(ends.file) : publicAddress(ends.source)),
    kind: ends.sourceKind,
    version: server.version,
    provider: provider?.name ?? null,
    systemIdentifier: checked.systemIdentifier,
  };
  await database().transaction(async (tx) => {
    await tx.insert(imports).values({
      id,
      name: ends.file?.fileName ?? server.database,
      status: firstBlock(findings) ? "blocked" : "draft",
      options,
      source,
      target: ends.chosen
        ? {
            ...ends.chosen.address,
            version: target?.version ?? null,
            systemIdentifier: target?.systemIdentifier ?? null,
          }
        : UNCHOSEN,
      createdBy: by,
    });
    await storeCredential(tx, id, "source", ends.source);
    if (ends.chosen) await storeTargetChoice(tx, id, ends.chosen, server.databaseBytes);
  });
  await storeFindings(id, findings, options);
  return { id };
}

async function readEnds(
  { target, ...input }: CreateImportInput,
  importId: string,
  neon: NeonAccount | Asked,
): Promise<Ends> {
  const { source, sourceKind, file } = await readSource(input);
  const request = { importId, sourceDatabase: file?.database ?? source.database, neon };
  const chosen = target ? await readTargetChoice(target, request) : null;
  return { source, sourceKind, file, chosen };
}

async function readSource(input: CreateImportInput): Promise<Omit<Ends, "chosen">> {
  if (input.file !== undefined) {
    const { spec, ...origin } = await fileSource(input.file);
    return { source: spec, sourceKind: "file", file: { ...origin, id: input.file } };
  }
  const named = readAddress("source", sourceText(input));
  if (input.demo) return { source: { ...named, isOwn: true }, sourceKind: "demo", file: null };
  return { source: named, sourceKind: "url", file: null };
}

/** What people know of it: where its database is for the time being tells them nothing. */
const fileAddress = ({ id, fileName, database: name }: FileOrigin) => ({
  ...{ host: fileName, port: 0, database: name, user: "", file: id },
});

/** The servers that all sessions of this import will meet. */
async function reachEnds(ends: Ends): Promise<Ends> {
  const [source, chosen] = await Promise.all([
    reachServer("source", ends.source),
    ends.chosen && reachTarget(ends.chosen),
  ]);
  return { ...ends, source, chosen };
}

function sourceText({ demo, sourceText: text }: Pick<CreateImportInput, "demo" | "sourceText">): string {
  if (!demo) return text ?? "";
  const url = env().FERRY_DEMO_SOURCE_URL;
  if (!url) throw new FerryError("input.invalid", { reason: "this Ferry carries no demo database" });
  return url;
}
