import { checkBoth } from "@/lib/imports/run/inspect-both";
import { previewSchema, type SchemaPreview } from "@/lib/imports/run/preview-schema";
import { reachServer, readAddress } from "@/lib/imports/run/read-address";
import { wordsOf } from "@/lib/imports/run/source-reader";
import type { Finding } from "@/lib/preflight/finding";
import { couldNotCheck, firstBlock } from "@/lib/preflight/run-checks";
import { remedyScript } from "@/lib/preflight/script";
import { urlTarget } from "@/lib/target/url";
import type { Command } from "./arguments";
import { categoryText, findingText } from "./check-text";
import { previewText } from "./preview-text";
import { exitCodes } from "./report";
import { handOver, tell, tellJson } from "./terminal";

/** Looks at both ends and changes nothing; needs neither database nor engine. */
export async function runCheck(command: Extract<Command, { name: "check" }>): Promise<number> {
  const { options, json, script } = command;
  // What cannot be read is said before anybody is asked.
  const addresses = [
    readAddress("source", command.source),
    command.target && readAddress("target", command.target),
  ] as const;
  const [source, target] = await Promise.all([
    reachServer("source", addresses[0]),
    addresses[1] ? reachServer("target", addresses[1]) : null,
  ]);
  // Where stdout is for a document, people read what is found on stderr.
  const say = (text: string) => tell(text, script ? process.stderr : process.stdout);
  const checked = await checkBoth({
    source,
    target: target && urlTarget(target),
    options,
    resuming: false,
    ...(json ? {} : { onCategory: (result) => say(categoryText(result)) }),
  });
  const { findings } = checked;
  // What becomes of objects depends on the target; and where a check says no, reading on may be what is forbidden.
  const asked =
    target && !firstBlock(findings) ? await preview(() => previewSchema({ source, target, options })) : null;
  if (asked?.failed) findings.push(asked.failed);
  const objects = asked?.preview ?? null;
  const status = firstBlock(findings) || (objects && objects.blocked.length > 0) ? "blocked" : "ok";
  const { version } = checked.server;
  const provider = checked.provider?.name ?? null;
  if (json) {
    const document = {
      status,
      source: { version, provider },
      target: { version: checked.target?.version ?? null },
      findings,
      script: remedyScript(findings),
      objects,
    };
    tellJson(document);
  } else {
    say(`${asked?.failed ? `\n${findingText(asked.failed)}` : ""}${objects ? previewText(objects) : ""}`);
    const { host, port } = source;
    say(`\n${[`source ${host}:${port}`, provider, `Postgres ${version}`].filter(Boolean).join(", ")}\n`);
    if (script) handOver(remedyScript(findings) ?? "-- Nothing to be put right by SQL.\n");
  }
  return status === "blocked" ? exitCodes.blocked : exitCodes.success;
}

/** That the schema could not be read is told like any check that could not run: the other findings stand. */
async function preview(
  read: () => Promise<SchemaPreview>,
): Promise<{ preview: SchemaPreview; failed?: undefined } | { preview: null; failed: Finding }> {
  try {
    return { preview: await read() };
  } catch (error) {
    return { preview: null, failed: couldNotCheck("inside.objects", wordsOf(error)) };
  }
}
