import { readFile } from "node:fs/promises";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { getReport } from "@/lib/imports/get-report";
import { reachServer, readAddress } from "@/lib/imports/run/read-address";
import { verifyBoth } from "@/lib/imports/run/verify-both";
import { publicKeys } from "@/lib/imports/signing-key";
import { checkSignedText } from "@/lib/security/signing";
import { reportMarkdown } from "@/lib/verify/report/markdown";
import { statementLine } from "@/lib/verify/report/statement";
import type { ProofCommand } from "./proof-arguments";
import { exitCodes } from "./report";
import { handOver, tell, tellJson } from "./terminal";

type Of<Name extends ProofCommand["name"]> = Extract<ProofCommand, { name: Name }>;

const write = (text: string) => tell(text, process.stdout);

/** Compares two databases as they are now; needs neither database nor engine. */
export async function runVerify({ source, target, options, form }: Of<"verify">): Promise<number> {
  // What cannot be read is said before anybody is asked.
  const asked = [readAddress("source", source), readAddress("target", target)] as const;
  const [from, to] = await Promise.all([reachServer("source", asked[0]), reachServer("target", asked[1])]);
  const report = await verifyBoth({ source: from, target: to, options });
  if (form === "json") tellJson(report);
  else write(reportMarkdown(report, null));
  tell(`${statementLine(report)}.\n`);
  return report.verdict === "equal" ? exitCodes.success : exitCodes.differences;
}

export async function showReport({ reportOf, form }: Of<"report">): Promise<number> {
  const { report, statement } = await getReport({ id: reportOf });
  if (form === "statement") handOver(statement);
  else if (form === "json") tellJson({ ...report, statement });
  else write(reportMarkdown(report, statement));
  return report.verdict === "equal" ? exitCodes.success : exitCodes.differences;
}

/** Needs no connection to anything. */
export async function checkStatement({ file, key, json }: Of<"verify-statement">): Promise<number> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new FerryError("input.invalid", { reason: `the file cannot be read (${messageOf(error)})` });
  });
  const check = checkSignedText(text, key);
  if (json) tellJson(check);
  else if (check.valid) {
    const whose = key ? "the key that was given" : `key ${check.publicKey}`;
    write(`Valid: every character is as it was signed with ${whose}.\n`);
    if (!key) write("Compare the key with what `ferry public-key` or the report's page says, or give it with --key.\n");
  } else write(`Not valid: ${check.reason}.\n`);
  return check.valid ? exitCodes.success : exitCodes.failed;
}

export async function showPublicKeys({ json }: Of<"public-key">): Promise<number> {
  const keys = await publicKeys();
  if (json) tellJson(keys);
  else if (keys.length === 0) write("No statement was signed yet.\n");
  else for (const { publicKey, createdAt } of keys) write(`${publicKey}  since ${createdAt}\n`);
  return exitCodes.success;
}
