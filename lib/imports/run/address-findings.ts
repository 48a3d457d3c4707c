import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import type { Finding } from "@/lib/preflight/finding";
import type { Surroundings } from "@/lib/source/inventory";
import { knownAddress, ruleFor } from "@/lib/source/providers/address";
import { recogniseProvider } from "@/lib/source/providers/recognise";

const info = (code: string, message: string, more: Partial<Finding> = {}): Finding => ({
  ...{ code, severity: "info", subject: null, message, remedy: null, sql: null },
  ...more,
});

/** What follows from where the source is, and whose server it is. Pure. */
export function addressFindings(spec: ConnectionSpec, surroundings: Surroundings): Finding[] {
  const provider = recogniseProvider({ host: spec.host, ...surroundings });
  const { host, port, given } = spec;
  const found: Finding[] = [];
  if (given) {
    const advice = knownAddress(given)?.rule?.advice ?? "";
    const message = `You gave the address of a pooler; Ferry goes to ${host}:${port} instead. ${advice}`.trim();
    found.push(info("source.direct", message, { subject: `${given.host}:${given.port}` }));
  }
  if (!provider) return found;
  const rule = ruleFor(provider, { host, port });
  if (rule?.kind === "reader") {
    const remedy = "Use the cluster's own endpoint, or that of one replica, so that all sessions meet the same server.";
    found.push(info("source.reader", rule.advice, { severity: "warn", remedy }));
  }
  const left = provider.schemas.filter((schema) => surroundings.schemas.includes(schema));
  const what = left.length === 0 ? "" : ` Its own schemas are left out: ${left.join(", ")}.`;
  found.push(info("source.provider", `The source is a server of ${provider.name}.${what}`));
  return found;
}
