import type { ErrorContext } from "../ferry-error";
import { type CatalogueEntry, told } from "./entry";

const SIDES = new Map([
  ["source", "The source"],
  ["target", "The target"],
  ["metadata", "Ferry's own"],
]);
/** `The source` or `The target` at the start of a sentence; where nobody knows which, `A`. */
const Side = (c: ErrorContext) => SIDES.get(String(c.side)) ?? "A";
const address = (c: ErrorContext) => `${c.host ?? "?"}${c.port ? `:${c.port}` : ""}`;

/** Where in a text, as people count. */
const place = (c: ErrorContext) => {
  if (typeof c.from !== "number" || typeof c.to !== "number") return "";
  return c.to - c.from > 1 ? ` at characters ${c.from + 1} to ${c.to}` : ` at character ${c.from + 1}`;
};
/** What the provider of that host is known to ask for, where somebody has looked it up. */
const advised = (c: ErrorContext, otherwise: string) => (typeof c.advice === "string" ? c.advice : otherwise);

/** What lib/source/pasted and lib/postgres say on the way to a server. */
export const connecting = {
  "connection_string.invalid": {
    disposition: "never",
    what: (c) => `This connection string cannot be read${place(c)}: ${told(c.reason)}`,
    remedy: () => "Paste it as your provider shows it, for example postgres://user:password@host:5432/database.",
  },
  "connect.host_unknown": {
    disposition: "never",
    what: (c) => `${Side(c)} host ${c.host} is not known: its name does not resolve to an address.`,
    remedy: (c) => advised(c, "Check the host for a typing error, and that it is reachable from the internet."),
  },
  "connect.refused": {
    disposition: "retry",
    what: (c) => `${Side(c)} server at ${address(c)} refuses connections: nothing listens on that port.`,
    remedy: () => "Check the port and that the server is running.",
  },
  "connect.timed_out": {
    disposition: "retry",
    what: (c) => `${Side(c)} server at ${address(c)} did not answer${c.seconds ? ` in ${c.seconds} seconds` : ""}.`,
    remedy: (c) =>
      advised(
        c,
        "A firewall or allow-list may be dropping the connection: let Ferry's address in, and check the port.",
      ),
  },
  "connect.unreachable": {
    disposition: "retry",
    what: (c) => `There is no way through the network to ${address(c)}.`,
    remedy: (c) =>
      advised(
        c,
        "If that host has only an IPv6 address, use the provider's IPv4 or pooler address; otherwise check the network.",
      ),
  },
  "connect.not_postgres": {
    // The checks have met Postgres there: later it is a balancer or a pooler that hangs up while its server restarts.
    disposition: "retry",
    what: (c) => `What answers at ${address(c)} does not speak Postgres.`,
    remedy: () => "Check the port: Postgres usually listens on 5432.",
  },
  "connect.auth_failed": {
    disposition: "wait",
    what: (c) => `${Side(c)} server refused the password for user ${c.user}.`,
    remedy: () => "Copy the connection string again from your provider, or reset the password.",
  },
  "connect.user_missing": {
    disposition: "wait",
    what: (c) => `${Side(c)} server knows no user ${c.user}.`,
    remedy: () => "Check the user's name.",
  },
  "connect.database_missing": {
    disposition: "wait",
    what: (c) => `${Side(c)} server has no database ${c.database}.`,
    remedy: () => "Check the name of the database: in a URL it is what stands after the last slash.",
  },
  "connect.not_allowed": {
    disposition: "wait",
    what: (c) => `${Side(c)} server does not allow this connection: ${told(c.reason)}`,
    remedy: (c) =>
      /no encryption|SSL off/.test(String(c.reason))
        ? "This server may let in encrypted connections only: use sslmode=require. If it does not help, allow Ferry's address in its access rules."
        : advised(c, "Allow Ferry's address in the server's access rules, and check its TLS requirement."),
  },
  "connect.tls_not_offered": {
    disposition: "never",
    what: (c) => `${Side(c)} server at ${address(c)} does not offer TLS, and the connection string asks for it.`,
    remedy: () => "If the network between is trusted, use sslmode=disable; otherwise turn TLS on at the server.",
  },
  "connect.tls_untrusted": {
    disposition: "never",
    what: (c) => `The certificate of ${address(c)} is not trusted: ${told(c.reason)}`,
    remedy: (c) =>
      advised(
        c,
        "Paste the provider's CA certificate below the connection string or into its field, or use sslmode=require without one to encrypt without checking whom Ferry talks to.",
      ),
  },
  "connect.client_certificate": {
    disposition: "never",
    what: (c) => `The client certificate for ${address(c)} cannot be used: ${told(c.reason)}`,
    remedy: () => "Paste the certificate and its private key below the connection string.",
  },
  "connect.not_as_asked": {
    disposition: "retry",
    what: (c) => `None of the hosts given is ${c.wanted}, as target_session_attrs asks.`,
    remedy: () => "Check the hosts, or leave target_session_attrs out.",
  },
  "connect.pooler": {
    disposition: "never",
    what: (c) =>
      `What answers at ${address(c)} is a pooler that lends out sessions for one transaction at a time; an import needs sessions of its own.`,
    remedy: (c) =>
      advised(
        c,
        "Use the direct address of the server: often the same host with port 5432, or the host without -pooler or pgbouncer.",
      ),
  },
  "connect.look_alike": {
    disposition: "never",
    what: (c) => `${Side(c)} at ${address(c)} is ${c.name}, which speaks like Postgres and is something else inside.`,
    remedy: () => "Export it with its own tools, as SQL or CSV, and import that.",
  },
  "connect.address_refused": {
    disposition: "never",
    what: (c) => {
      if (c.kind === "socket") return `${Side(c)} is named by a socket of the machine that Ferry runs on.`;
      if (c.kind === "port") return `${Side(c)} is at port ${c.port}, and this Ferry connects to ports from 1024 on.`;
      return `${Side(c)} host ${c.host} leads to a ${c.kind} address, and this Ferry connects to addresses on the internet only.`;
    },
    remedy: (c) =>
      c.kind === "port"
        ? "Give the port on which Postgres listens. Whoever runs this Ferry can let the host in with FERRY_ALLOW_ADDRESSES."
        : "Give an address that can be reached from the internet. Whoever runs this Ferry can let others in with FERRY_ALLOW_ADDRESSES.",
  },
  "connect.protocol_broken": {
    disposition: "wait",
    what: (c) => `${Side(c)} server at ${address(c)} sent what no Postgres server sends: ${told(c.reason)}`,
    remedy: () =>
      "Check that the address leads to the server itself, and that nothing in between changes what it says.",
  },
  "connect.password_in_clear": {
    disposition: "never",
    what: (c) => `${Side(c)} server at ${address(c)} asks for the password in clear, on a connection without TLS.`,
    remedy: () =>
      "Use sslmode=require. If the server has no TLS and the network between is trusted, say so with sslmode=disable.",
  },
  "connect.server_unproven": {
    disposition: "never",
    what: (c) =>
      `${Side(c)} server at ${address(c)} did not prove that it knows the password, as SCRAM asks of both sides.`,
    remedy: () => "Somebody may be posing as that server: check the address, and use sslmode=verify-full.",
  },
  "connect.too_many": {
    disposition: "retry",
    what: (c) => `${Side(c)} server has no free connection left.`,
    remedy: () => "Close idle sessions there, or start with fewer lanes.",
  },
  "connect.starting": {
    disposition: "retry",
    what: (c) => `${Side(c)} server at ${address(c)} is ${c.state ?? "starting up or shutting down"}.`,
    remedy: () => "Wait a moment and try again.",
  },
  "connect.failed": {
    disposition: "retry",
    what: (c) => `The connection to ${address(c)} failed: ${told(c.reason)}`,
    remedy: () => "Try again; if it stays, check the address with your provider.",
  },
  "connect.lost": {
    disposition: "retry",
    what: (c) => `${Side(c)} server closed the connection${c.reason ? `: ${told(c.reason)}` : "."}`,
    remedy: () => "Ferry connects again by itself.",
  },
} as const satisfies Record<string, CatalogueEntry>;
