import { FerryError } from "@/lib/errors/ferry-error";
import {
  CHANNEL_BINDINGS,
  type ChannelBinding,
  type ConnectionSpec,
  TLS_MODES,
  type TlsMode,
} from "@/lib/postgres/connection-spec";

const DEFAULT_PORT = 5432;

/** Reads the URI that Neon's API gives. It is a program's, so it is well-formed or a mistake. Pure. */
export function specOfUri(uri: string): ConnectionSpec {
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    // The cause would repeat it, with the password.
    throw new FerryError("neon.answer_unreadable", { doing: "tell the connection string", reason: "it is no URL" });
  }
  const channelBinding = CHANNEL_BINDINGS.find(
    (one: ChannelBinding) => one === url.searchParams.get("channel_binding"),
  );
  const mode: TlsMode = TLS_MODES.find((one) => one === url.searchParams.get("sslmode")) ?? "require";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port ? Number(url.port) : DEFAULT_PORT,
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: url.password ? decodeURIComponent(url.password) : null,
    tls: { mode },
    ...(channelBinding ? { channelBinding } : {}),
  };
}
