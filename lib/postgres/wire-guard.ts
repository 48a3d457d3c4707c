import type { Socket } from "node:net";
import type { Client } from "pg";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import type { ConnectionSpec, Side } from "./connection-spec";
import { WireBounds, WireBroken } from "./wire-bounds";

/** Events of pg's connection, which has no public way to it. */
interface Wire {
  stream: Socket;
  once(event: "sslconnect", listener: () => void): void;
}

/**
 * Puts `WireBounds` between the server and pg, on a session whose connecting has just begun. What breaks them ends the
 * session, and is told to whatever waits for it; so is what pg throws while it reads, which would end the process.
 */
export function guardWire(client: Client, spec: ConnectionSpec, side: Side): void {
  const { connection } = client as unknown as { connection: Wire };
  const stand = () => standBefore(connection.stream, (error, isLoggedIn) => brokenError(error, isLoggedIn, spec, side));
  // Before TLS is agreed on a server says one letter, which pg reads itself.
  if (connection.stream.listenerCount("data") > 0 && !client.ssl) stand();
  else connection.once("sslconnect", stand);
}

type Listener = (chunk: Buffer) => void;

function standBefore(stream: Socket, toError: (error: unknown, isLoggedIn: boolean) => Error): void {
  const [read] = stream.listeners("data") as Listener[];
  if (!read) throw new Error("pg does not read from its connection.");
  const bounds = new WireBounds();
  stream.removeListener("data", read);
  stream.on("data", (chunk: Buffer) => {
    if (stream.destroyed) return;
    try {
      const whole = bounds.scan(chunk);
      if (whole.length > 0) read(whole);
    } catch (error) {
      stream.destroy(toError(error, bounds.isLoggedIn));
    }
  });
}

function brokenError(error: unknown, isLoggedIn: boolean, { host, port }: ConnectionSpec, side: Side): FerryError {
  if (error instanceof FerryError) return error;
  const where = { side, host, port };
  const reason = error instanceof WireBroken ? error.message : `what cannot be read (${messageOf(error)})`;
  if (/^a request to sign in/.test(reason)) {
    return new FerryError("connect.not_allowed", { ...where, reason: `it sent ${reason}` }, { cause: error });
  }
  const code = isLoggedIn ? "connect.protocol_broken" : "connect.not_postgres";
  return new FerryError(code, { ...where, reason }, { cause: error });
}
