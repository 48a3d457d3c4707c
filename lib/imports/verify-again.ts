import * as z from "zod";
import { database } from "@/lib/db/client";
import { sendEvent } from "@/lib/engine/send-event";
import { toStored } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { storeCredential, wipeCredential } from "./credentials";
import { loadImport } from "./record";
import { beginReport, findReports, isUnderWay, storeReportError } from "./report-record";
import { reachServer, readAddress, refuseSocketOfHost } from "./run/read-address";
import { withoutSecrets } from "./stored-error";

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
  refuseSocketOfHost("source", request.source);
  const source = await reachServer("source", readAddress("source", request.source));
  const underWay = (await findReports(id)).find(isUnderWay);
  if (underWay) return { number: underWay.number };
  const number = await beginReport(id);
  await storeCredential(database(), id, "source", source);
  try {
    await sendEvent("ferry/verification.asked", `${id}:verify:${number}`, { importId: id, number });
  } catch (error) {
    // Nobody will come for it.
    await wipeCredential(id, "source");
    await storeReportError(id, number, withoutSecrets(toStored(error)));
    throw error;
  }
  return { number };
}
