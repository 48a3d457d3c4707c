import type { ConnectionSpec, HostPort } from "@/lib/postgres/connection-spec";
import type { AddressRule, Provider } from "./provider";
import { recogniseProvider } from "./recognise";

/** What is known of an address by itself, before anybody has connected. Pure. */
export function knownAddress({ host, port }: HostPort): { provider: Provider; rule: AddressRule | null } | null {
  const provider = recogniseProvider({ host });
  return provider && { provider, rule: ruleFor(provider, { host, port }) };
}

export function ruleFor({ addresses }: Provider, { host, port }: HostPort): AddressRule | null {
  const fits = (rule: AddressRule) =>
    (rule.host?.test(host.toLowerCase()) ?? true) && (rule.port === undefined || rule.port === port);
  return addresses.find(fits) ?? null;
}

/** The server itself, where a pooler was given and its provider's rule is known. Pure. */
export function directSpec(spec: ConnectionSpec): ConnectionSpec {
  const { host, port } = spec;
  const direct = spec.otherHosts ? undefined : knownAddress({ host, port })?.rule?.direct;
  if (!direct) return spec;
  const [pattern, replacement] = direct.host ?? [];
  const directHost = pattern && replacement !== undefined ? host.replace(pattern, replacement) : host;
  return { ...spec, host: directHost, port: direct.port ?? port, given: { host, port } };
}

/** What helps where a host of that provider cannot be reached in this way. */
export function adviceOn(code: string, address: HostPort): string | null {
  const known = knownAddress(address);
  if (!known) return null;
  const { provider, rule } = known;
  switch (code) {
    case "connect.host_unknown":
    case "connect.unreachable":
      return rule && (rule.kind === "ipv6" || rule.kind === "internal") ? rule.advice : null;
    case "connect.timed_out":
    case "connect.not_allowed":
    case "connect.refused":
      if (rule?.kind === "internal") return rule.advice;
      return provider.allowList ? `Let Ferry's address in at ${provider.name}: ${provider.allowList}` : null;
    case "connect.tls_untrusted":
      return provider.certificate ? `${provider.name}: ${provider.certificate}` : null;
    default:
      return null;
  }
}
