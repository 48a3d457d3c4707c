import type { Client } from "pg";

/** Events of pg's connection, which has no public way to it. */
interface Login {
  prependListener(event: string, listener: (message: { mechanisms?: string[] }) => void): void;
  stream: { destroy(error: Error): void };
}

/** pg binds to the channel where the server offers it, and says nothing where not: here that ends the attempt. */
export function requireChannelBinding(client: Client): void {
  const login = (client as unknown as { connection: Login }).connection;
  const refuse = () => login.stream.destroy(new Error(NO_CHANNEL_BINDING));
  login.prependListener("authenticationSASL", ({ mechanisms = [] }) => {
    if (mechanisms.includes("SCRAM-SHA-256-PLUS")) isBound = true;
    else refuse();
  });
  let isBound = false;
  for (const other of ["authenticationCleartextPassword", "authenticationMD5Password"]) {
    login.prependListener(other, refuse);
  }
  login.prependListener("authenticationOk", () => {
    if (!isBound) refuse();
  });
}

export const NO_CHANNEL_BINDING = "channel binding is required, and the server does not offer it";
