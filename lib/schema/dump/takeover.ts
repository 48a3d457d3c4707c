import type { Socket } from "node:net";
import type { Client } from "pg";

/** Settings of a session that a server tells its client after authentication, and that libpq relies on. */
const REPORTED = [
  "server_version",
  "server_encoding",
  "client_encoding",
  "standard_conforming_strings",
  "is_superuser",
  "session_authorization",
  "DateStyle",
  "IntervalStyle",
  "TimeZone",
  "integer_datetimes",
];

/** A session on its way from pg's hands into pg_dump's. */
export interface TakenSession {
  /** Has an error listener for as long as it lives, and is paused until somebody reads it. */
  socket: Socket;
  processId: number;
  serverEncoding: string;
  /** The bytes with which a server ends a successful start-up, saying what this server would say. */
  greeting: Uint8Array;
}

/**
 * Takes the authenticated, encrypted stream out of a session that has no query under way.
 * From here on pg neither reads nor writes it.
 */
export async function takeOver(client: Client): Promise<TakenSession> {
  // pg_dump quotes strings as the session says, and the archive is read with these rules.
  await client.query("set standard_conforming_strings = on; set backslash_quote = safe_encoding");
  const { rows } = await client.query<{ name: string; value: string; pid: number }>(
    `select name, current_setting(name) as value, pg_backend_pid() as pid
       from unnest($1::text[]) as name`,
    [REPORTED],
  );
  const settings = new Map(rows.map(({ name, value }) => [name, value]));
  const socket = (client as unknown as { connection: { stream: Socket } }).connection.stream;
  for (const event of ["data", "end", "error", "close"]) socket.removeAllListeners(event);
  socket.on("error", () => {});
  socket.pause();
  return {
    socket,
    processId: rows[0]?.pid ?? 0,
    serverEncoding: settings.get("server_encoding") ?? "",
    greeting: greeting(settings),
  };
}

function greeting(settings: ReadonlyMap<string, string>): Uint8Array {
  const authenticationOk = message("R", Buffer.alloc(4));
  const statuses = [...settings].map(([name, value]) => message("S", Buffer.from(`${name}\0${value}\0`)));
  const backendKey = message("K", Buffer.alloc(8));
  const readyForQuery = message("Z", Buffer.from("I"));
  return new Uint8Array(Buffer.concat([authenticationOk, ...statuses, backendKey, readyForQuery]));
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
