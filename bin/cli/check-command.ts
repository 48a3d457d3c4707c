import { checkBoth } from "@/lib/imports/run/inspect-both";
import { previewSchema, type SchemaPreview } from "@/lib/imports/run/preview-schema";
import { reachServer, readAddress } from "@/lib/imports/run/read-address";
import type { Finding } from "@/lib/preflight/finding";
import { firstBlock } from "@/lib/preflight/run-checks";
import { recogniseProvider } from "@/lib/source/providers/recognise";
import { urlTarget } from "@/lib/target/url";
import type { Command } from "./arguments";
import { previewText } from "./preview-text";
import { exitCodes, shortFindings } from "./report";

/** Looks at both ends and changes nothing; needs neither database nor engine. */
export async function runCheck(command: Extract<Command, { name: "check" }>): Promise<number> {
  const { options, json } = command;
  // What cannot be read is said before anybody is asked.
  const asked = [
    readAddress("source", command.source),
    command.target && readAddress("target", command.target),
  ] as const;
  const [source, target] = await Promise.all([
    reachServer("source", asked[0]),
    asked[1] ? reachServer("target", asked[1]) : null,
  ]);
  const checked = await checkBoth(source, target && urlTarget(target), options, false);
  const isBlocked = firstBlock(checked.findings) !== undefined;
  // What becomes of objects depends on the target; and where a check says no, reading on may be what is forbidden.
  const preview = target && !isBlocked ? await previewSchema({ source, target, options }) : null;
  const status = isBlocked || (preview && preview.blocked.length > 0) ? "blocked" : "ok";
  const { version } = checked.inventory.server;
  const provider = recogniseProvider({ host: source.host, ...checked.inventory.surroundings })?.name ?? null;
  if (json) {
    const document = {
      status,
      source: { version, provider },
      target: { version: checked.target?.version ?? null },
      findings: shortFindings(checked.findings),
      objects: preview,
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const { host, port } = source;
    process.stdout.write(`${[`source ${host}:${port}`, provider, `Postgres ${version}`].filter(Boolean).join(", ")}\n`);
    process.stdout.write(checkText(checked.findings, preview));
  }
  return status === "blocked" ? exitCodes.blocked : exitCodes.success;
}

function checkText(findings: Finding[], preview: SchemaPreview | null): string {
  const lines = findings.map(({ severity, message, remedy, sql }) => {
    const more = [remedy, sql]
      .filter((text) => text !== null)
      .map((text) => `\n       ${text.replaceAll("\n", "\n       ")}`);
    return `${severity.padEnd(6)} ${message}${more.join("")}\n`;
  });
  return lines.join("") + (preview ? previewText(preview) : "");
}
