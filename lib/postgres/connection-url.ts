import type { ConnectionSpec, HostPort } from "./connection-spec";

/** The URL that other programs take; it holds the password, so it is made only where someone asked to see it. */
export function connectionUrl(spec: ConnectionSpec): string {
  const user = encode(spec.user) + (spec.password === null ? "" : `:${encode(spec.password)}`);
  const hosts = [spec, ...(spec.otherHosts ?? [])].map(authority).join(",");
  const query = urlParameters(spec).map(([name, value]) => `${name}=${encode(value)}`);
  return `postgresql://${user}@${hosts}/${encode(spec.database)}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

function authority({ host, port }: HostPort): string {
  if (host.startsWith("/")) return `${encode(host)}:${port}`;
  return `${host.includes(":") ? `[${encode(host).replaceAll("%3A", ":")}]` : host}:${port}`;
}

/** What libpq knows beside user, hosts and database, without certificates: libpq wants the names of files there. */
export function urlParameters(spec: ConnectionSpec): [string, string][] {
  const { tls } = spec;
  const all: [string, string | number | undefined][] = [
    ["sslmode", tls.mode === "prefer" ? undefined : tls.mode],
    ["sslnegotiation", tls.direct ? "direct" : undefined],
    ["ssl_min_protocol_version", tls.minVersion],
    ["ssl_max_protocol_version", tls.maxVersion],
    ["hostaddr", spec.address],
    ["target_session_attrs", spec.sessionAttributes],
    ["channel_binding", spec.channelBinding],
    ["options", spec.options],
    ["connect_timeout", spec.connectTimeoutSeconds],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
}

/** Quotes too: the URL is pasted between some. */
const encode = (text: string) => encodeURIComponent(text).replaceAll("'", "%27");
