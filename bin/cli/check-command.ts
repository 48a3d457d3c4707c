import { ulid } from "ulid";
import { readNeonEnd } from "@/lib/imports/neon/place";
import { checkBoth } from "@/lib/imports/run/inspect-both";
import { previewSchema, type SchemaPreview } from "@/lib/imports/run/preview-schema";
import { reachServer, readAddress } from "@/lib/imports/run/read-address";
import { wordsOf } from "@/lib/imports/run/source-reader";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import type { Finding } from "@/lib/preflight/finding";
import { couldNotCheck, firstBlock } from "@/lib/preflight/run-checks";
import { remedyScript } from "@/lib/preflight/script";
import type { Target } from "@/lib/target/target";
import { urlTarget } from "@/lib/target/url";
import type { Command } from "./arguments";
import { categoryText, findingText } from "./check-text";
import { commandAccount } from "./neon-account";
import { previewText } from "./preview-text";
import { exitCodes } from "./report";
import { handOver, tell, tellJson } from "./terminal";

type CheckCommand = Extract<Command, { name: "check" }>;

/** Looks at both ends and changes nothing; needs neither database nor engine. */
export async function runCheck(command: CheckCommand): Promise<number> {
  const { options, json, script } = command;
  const { source, target } = await reachEnds(command);
  // Where stdout is for a document, people read what is found on stderr.
  const say = (text: string) => tell(text, script ? process.stderr : process.stdout);
  const checked = await checkBoth({
    source,
    target,
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

async function reachEnds({ source, target }: CheckCommand): Promise<{ source: ConnectionSpec; target: Target | null }> {
  // What cannot be read is said before anybody is asked.
  const address = readAddress("source", source);
  if (target !== null && typeof target === "object") {
    const end = await readNeonEnd(await commandAccount(), target, ulid(), address.database);
    return { source: await reachServer("source", address), target: end.target };
  }
  const named = target ? readAddress("target", target) : null;
  const [reached, there] = await Promise.all([
    reachServer("source", address),
    named ? reachServer("target", named) : null,
  ]);
  return { source: reached, target: there && urlTarget(there) };
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
