import * as z from "zod";
import { database } from "@/lib/db/client";
import { sendEvent } from "@/lib/engine/send-event";
import { FerryError } from "@/lib/errors/ferry-error";
import { rememberSecret } from "@/lib/security/redact";
import { parseOnSide } from "@/lib/source/connection-string";
import { storeCredential } from "./credentials";
import { loadImport } from "./record";
import { beginReport, findReports } from "./report-record";

/** What has not ended after so long was cut off without a word. */
const LONGEST_MS = 60 * 60_000;

export const verifyAgainSchema = z.object({
  /** Its password was forgotten when the import ended. */
  source: z.string().min(1).max(10_000),
});

/**
 * Has both sides compared as they are now, by the choices of the import. The source's connection is sealed until that is
 * done. Returns the number of the report that it becomes, which may be under way already.
 */
export async function verifyAgain(request: { id: string; source: string }): Promise<{ number: number }> {
  const { id } = request;
  const { status } = await loadImport(id);
  if (status !== "succeeded" && status !== "differences") {
    throw new FerryError("import.wrong_state", { status, verb: "verified again" });
  }
  const source = parseOnSide("source", request.source);
  rememberSecret(source.password);
  const underWay = await findUnderWay(id);
  if (underWay !== null) return { number: underWay };
  const number = await beginReport(id);
  await storeCredential(database(), id, "source", source);
  await sendEvent("ferry/verification.asked", `${id}:verify:${number}`, { importId: id, number });
  return { number };
}

async function findUnderWay(id: string): Promise<number | null> {
  const open = (await findReports(id)).find(
    ({ number, at, report, error }) =>
      number > 0 && report === null && error === null && Date.now() - Date.parse(at) < LONGEST_MS,
  );
  return open?.number ?? null;
}
