import type { Socket } from "node:net";
import { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import { type AddressGuard, addressGuard } from "@/lib/security/address-guard";
import { holdSecrets } from "@/lib/security/redact";
import { requireChannelBinding } from "./channel-binding";
import { connectError } from "./connect-error";
import { type ConnectionSpec, type Side, secretsOf } from "./connection-spec";
import { GuardedSocket } from "./guarded-socket";
import { LendingSocket } from "./lending-socket";
import { keepLoginRules } from "./login-rules";
import { checkOwnCertificate, mayGoOtherWay, tlsAttempts } from "./tls";
import { guardWire } from "./wire-guard";

export const CONNECT_TIMEOUT_MS = 8_000;
/** Somebody may wish to wait longer for a server, and not for ever. */
const LONGEST_CONNECT_SECONDS = 60;

/** Sessions live as long as their work: limits meant for applications would end a long COPY. */
const TIMEOUT_SETTINGS = [
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
  "transaction_timeout",
];

/** Turns off each limit that this server knows, in one round trip. */
const CLEAR_TIMEOUTS = `
  select pg_catalog.set_config(name, '0', false)
    from pg_catalog.pg_settings
   where name in (${TIMEOUT_SETTINGS.map((name) => `'${name}'`).join(", ")})`;

export interface SessionOptions {
  side: Side;
  /** Shown in pg_stat_activity, so that a database administrator can tell what a session is for. */
  name: string;
  connectTimeoutMs?: number;
  /** For who only wants to look who is there: nothing is set, so nothing stays in a session that is shared. */
  isBare?: boolean;
}

export interface BoundedOptions extends SessionOptions {
  /** How long the work may take: a server that does not answer is not waited for. */
  workMs?: number;
}

/**
 * Opens a session, ready to use within the time limit. One on the source can only read (invariant 1). Of several
 * hosts it is the first: `chooseHost` has put the right one there.
 * A lost connection rejects the query under way; the `error` listener only keeps it from ending the process.
 */
export async function openSession(spec: ConnectionSpec, options: SessionOptions): Promise<Client> {
  checkOwnCertificate(spec, options.side);
  const address = spec.address ?? spec.host;
  // Ferry's own database is where its operator says, and so are the servers that it carries with it.
  const guard = options.side === "metadata" || spec.isOwn ? null : addressGuard();
  checkAddress(guard, address, spec, options.side);
  const given = spec.connectTimeoutSeconds;
  const timeoutMs =
    options.connectTimeoutMs ??
    (given === undefined ? CONNECT_TIMEOUT_MS : Math.min(given, LONGEST_CONNECT_SECONDS) * 1000);
  const endsAt = performance.now() + timeoutMs;
  const readOnly = options.side === "source" ? "set default_transaction_read_only = on;" : "";
  let lastError: unknown;
  for (const ssl of tlsAttempts(spec)) {
    const client = new Client({
      host: address,
      stream: () => (guard ? new GuardedSocket(guard) : new LendingSocket()),
      port: spec.port,
      database: spec.database,
      user: spec.user,
      // A function, since for an empty password pg would send PGPASSWORD or what ~/.pgpass has.
      password: () => spec.password ?? "",
      ssl,
      sslnegotiation: ssl && spec.tls.direct ? "direct" : "postgres",
      options: spec.options ?? "",
      enableChannelBinding: spec.channelBinding === "require",
      application_name: options.name.slice(0, 63),
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client.on("error", () => {});
    client.once("end", holdSecrets(secretsOf(spec)));
    keepLoginRules(client, spec, options.side);
    if (spec.channelBinding === "require") requireChannelBinding(client);
    const prepare = async () => {
      const connecting = client.connect();
      guardWire(client, spec, options.side);
      await connecting;
      if (options.isBare) return;
      await client.query(`${readOnly} set row_security = off; ${CLEAR_TIMEOUTS}`);
    };
    try {
      await within(endsAt - performance.now(), prepare(), () => {
        const context = { side: options.side, host: spec.host, port: spec.port, seconds: timeoutMs / 1000 };
        return new FerryError("connect.timed_out", context);
      });
      return client;
    } catch (error) {
      await closeSession(client);
      lastError = error;
      if (!mayGoOtherWay(error)) break;
    }
  }
  throw connectError(lastError, spec, options.side);
}

function checkAddress(guard: AddressGuard | null, address: string, spec: ConnectionSpec, side: Side): void {
  try {
    guard?.check(address, spec.port);
  } catch (error) {
    throw connectError(error, spec, side);
  }
}

/** The socket below pg, which has no public way to it. */
function streamOf(client: Client): Socket | undefined {
  return (client as unknown as { connection?: { stream?: Socket } }).connection?.stream;
}

async function within<T>(limitMs: number, work: Promise<T>, timedOut: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut()), limitMs);
  });
  work.catch(() => {}); // After the deadline nobody waits for it.
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a session whatever its state; a server that does not answer the goodbye is left behind after a second. */
export async function closeSession(client: Client): Promise<void> {
  const stream = streamOf(client);
  let timer: NodeJS.Timeout | undefined;
  const giveUp = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      stream?.destroy();
      resolve();
    }, 1_000);
  });
  await Promise.race([client.end().catch(() => {}), giveUp]);
  clearTimeout(timer);
  stream?.destroy();
}

/** Opens a session, hands it to `work`, and closes it on every way out. */
export async function withSession<T>(
  spec: ConnectionSpec,
  { workMs, ...options }: BoundedOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await openSession(spec, options);
  try {
    return await (workMs === undefined ? work(client) : answered(spec, options.side, workMs, work(client)));
  } finally {
    await closeSession(client);
  }
}

/** The time that a server is given for its answers. Who waits no longer has to close the session. */
export function answered<T>({ host, port }: ConnectionSpec, side: Side, limitMs: number, work: Promise<T>): Promise<T> {
  return within(
    limitMs,
    work,
    () => new FerryError("connect.timed_out", { side, host, port, seconds: limitMs / 1000 }),
  );
}
