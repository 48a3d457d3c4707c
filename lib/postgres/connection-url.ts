import type { ConnectionSpec } from "./connection-spec";

/** The URL that other programs take; it holds the password, so it is made only where someone asked to see it. */
export function connectionUrl(spec: ConnectionSpec): string {
  const host = spec.host.includes(":") ? `[${spec.host}]` : spec.host;
  const user = encode(spec.user) + (spec.password === null ? "" : `:${encode(spec.password)}`);
  const query = spec.tls.mode === "prefer" ? "" : `?sslmode=${spec.tls.mode}`;
  return `postgresql://${user}@${host}:${spec.port}/${encode(spec.database)}${query}`;
}

/** Quotes too: the URL is pasted between some. */
const encode = (text: string) => encodeURIComponent(text).replaceAll("'", "%27");
