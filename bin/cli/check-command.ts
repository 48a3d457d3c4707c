import { checkBoth } from "@/lib/imports/run/inspect-both";
import { previewSchema, type SchemaPreview } from "@/lib/imports/run/preview-schema";
import type { Finding } from "@/lib/preflight/finding";
import { firstBlock } from "@/lib/preflight/run-checks";
import { rememberSecret } from "@/lib/security/redact";
import { parseOnSide } from "@/lib/source/connection-string";
import { urlTarget } from "@/lib/target/url";
import type { Command } from "./arguments";
import { previewText } from "./preview-text";
import { exitCodes, shortFindings } from "./report";

/** Looks at both ends and changes nothing; needs neither database nor engine. */
export async function runCheck(command: Extract<Command, { name: "check" }>): Promise<number> {
  const { options, json } = command;
  const source = parseOnSide("source", command.source);
  const target = command.target === null ? null : parseOnSide("target", command.target);
  rememberSecret(source.password);
  rememberSecret(target?.password);
  const checked = await checkBoth(source, target && urlTarget(target), options, false);
  const isBlocked = firstBlock(checked.findings) !== undefined;
  // What becomes of objects depends on the target; and where a check says no, reading on may be what is forbidden.
  const preview = target && !isBlocked ? await previewSchema({ source, target, options }) : null;
  const status = isBlocked || (preview && preview.blocked.length > 0) ? "blocked" : "ok";
  if (json) {
    const document = {
      status,
      source: { version: checked.inventory.server.version },
      target: { version: checked.target?.version ?? null },
      findings: shortFindings(checked.findings),
      objects: preview,
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else process.stdout.write(checkText(checked.findings, preview));
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
