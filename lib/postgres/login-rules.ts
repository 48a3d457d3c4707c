import { BlockList, isIP } from "node:net";
import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import { type ConnectionSpec, isSocket, type Side } from "./connection-spec";

/** Events of pg's connection, which has no public way to it. */
interface Login {
  prependListener(event: string, listener: () => void): void;
}

/** Where nobody listens in between. */
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
const staysHere = (host: string): boolean =>
  isSocket(host) ||
  host === "localhost" ||
  (isIP(host) !== 0 && loopback.check(host, isIP(host) === 6 ? "ipv6" : "ipv4"));

/**
 * What a server may not get away with. Who turns TLS away and then asks for the password in clear gets it only where
 * the user has chosen to go without TLS; and who asks for SCRAM, in which both sides prove that they know the password,
 * has to prove it. What is thrown here, within pg's reading, ends the session: see `guardWire`.
 */
export function keepLoginRules(client: Client, spec: ConnectionSpec, side: Side): void {
  const login = (client as unknown as { connection: Login }).connection;
  const where = { side, host: spec.host, port: spec.port };
  const mayBeClear = client.ssl || spec.tls.mode === "disable" || staysHere(spec.address ?? spec.host);
  if (!mayBeClear) {
    login.prependListener("authenticationCleartextPassword", () => {
      throw new FerryError("connect.password_in_clear", where);
    });
  }
  let hasBegun = false;
  login.prependListener("authenticationSASL", () => {
    hasBegun = true;
  });
  login.prependListener("authenticationOk", () => {
    const isProven = (client as unknown as { saslSession: unknown }).saslSession === null;
    if (hasBegun && !isProven) throw new FerryError("connect.server_unproven", where);
  });
}
