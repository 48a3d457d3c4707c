import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import { connectError } from "./connect-error";
import type { ConnectionSpec, SessionAttributes } from "./connection-spec";
import { CONNECT_TIMEOUT_MS, type SessionOptions, withSession } from "./session";

/**
 * Of several hosts the first that answers and is as wished, as libpq does at each connection; here once, since all
 * sessions of an import must meet the same server.
 */
export async function chooseHost(spec: ConnectionSpec, options: SessionOptions): Promise<ConnectionSpec> {
  const { otherHosts = [], sessionAttributes: wanted, ...rest } = spec;
  if (otherHosts.length === 0 && !wanted) return spec;
  const candidates = [{ host: spec.host, port: spec.port }, ...otherHosts].map((place) => ({ ...rest, ...place }));
  // A standby is preferred, not asked for: the second round takes anything.
  const rounds: (SessionAttributes | undefined)[] = wanted === "prefer-standby" ? ["standby", undefined] : [wanted];
  let lastError: unknown = null;
  let hasAnswered = false;
  for (const round of rounds) {
    for (const candidate of candidates) {
      try {
        const bounded = { ...options, isBare: true, workMs: CONNECT_TIMEOUT_MS };
        const fits = await withSession(candidate, bounded, (client) => isAs(client, round));
        if (fits) return candidate;
        hasAnswered = true;
      } catch (error) {
        lastError = connectError(error, candidate, options.side);
      }
    }
  }
  if (lastError !== null && !hasAnswered) throw lastError;
  throw new FerryError("connect.not_as_asked", { side: options.side, wanted: wanted ?? "reachable" });
}

async function isAs(client: Client, wanted: SessionAttributes | undefined): Promise<boolean> {
  if (!wanted || wanted === "any") return true;
  const { rows } = await client.query<{ standby: boolean; readOnly: boolean }>(`
    select pg_catalog.pg_is_in_recovery() as standby,
           pg_catalog.pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as "readOnly"`);
  const { standby = false, readOnly = false } = rows[0] ?? {};
  switch (wanted) {
    case "read-write":
      return !readOnly;
    case "read-only":
      return readOnly;
    case "primary":
      return !standby;
    default:
      return standby;
  }
}
