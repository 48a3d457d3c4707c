import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";
import { type CategoryResult, firstBlock } from "@/lib/preflight/run-checks";
import { openCredential } from "./credentials";
import { storeFindings } from "./findings";
import { type ImportRecord, loadImport, moveImport } from "./record";
import { checkBoth } from "./run/inspect-both";
import { refuseSocketOfHost } from "./run/read-address";
import { reachTarget, readTargetChoice, storeTargetChoice, type TargetChoice } from "./target-choice";

interface ChooseTargetRequest {
  id: string;
  target: TargetChoice;
  /** The id of who asks, whose Neon account is used. */
  by: string;
  /** Hears of each category of checks as it is done. */
  onCategory?: (result: CategoryResult) => void;
}

/**
 * Says where a draft is to land, or that it is to land elsewhere, and runs the checks with both ends. Where the target
 * cannot be reached the draft stays as it was.
 */
export async function chooseTarget({ id, target: choice, by, onCategory }: ChooseTargetRequest): Promise<void> {
  if (choice.kind === "url") refuseSocketOfHost("target", choice.text);
  const { options, source: address } = await openDraft(id);
  const source = await openCredential(id, "source");
  const request = { importId: id, sourceDatabase: address.database, neon: { by } };
  const chosen = await reachTarget(await readTargetChoice(choice, request));
  const checked = await checkBoth({ source, target: chosen.target, options, resuming: false, onCategory });
  const { version = null, systemIdentifier = null } = checked.target ?? {};
  const target = { ...chosen.address, version, systemIdentifier };
  await database().transaction(async (tx) => {
    // Locked first: whoever starts it meanwhile is told apart from who chose too late.
    const [row] = await tx.select().from(imports).where(eq(imports.id, id)).for("update");
    if (row) refuseBegun({ status: row.status, run: row.run });
    await storeTargetChoice(tx, id, chosen, checked.server.databaseBytes);
    await tx.update(imports).set({ target }).where(eq(imports.id, id));
  });
  await storeFindings(id, checked.findings, options);
  await moveImport(id, firstBlock(checked.findings) ? "bar" : "clear", { set: { error: null } });
}

async function openDraft(id: string): Promise<ImportRecord> {
  const record = await loadImport(id);
  refuseBegun(record);
  return record;
}

/** What was started once may have made something there already, which nobody would look for any more. */
function refuseBegun({ status, run }: { status: string; run: number }): void {
  if ((status === "draft" || status === "blocked") && run === 0) return;
  throw new FerryError("import.wrong_state", { status, verb: "sent elsewhere" });
}
