import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { type AddressKind, addressKind } from "./address-kind";
import { type AllowList, allowsAddress, allowsName, parseAllowList } from "./allow-list";
import { asksForSignIn } from "./sign-in-mode";

/** Where people sign in, Ferry does not connect to its own machine or network for any of them. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";

  /** Says what kind of address it is, and not which: how a network is built inside is nobody's business. */
  constructor(readonly kind: AddressKind | "socket" | "port") {
    super(`The address is refused: ${kind}.`);
  }
}

type Resolved = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
type Resolver = (host: string, options: { family?: number | string; hints?: number }, done: Resolved) => void;

/**
 * Below it a server has to be root to listen, which Postgres refuses to be; what listens there is mail, names, shells and
 * web servers, to which a stranger shall not make Ferry talk.
 */
const FIRST_PORT = 1_024;

export interface AddressGuard {
  /**
   * Throws at an address that may not be connected to. A name is only known when it is resolved. With a port it is a
   * server that somebody takes for Postgres.
   */
  check(host: string, port?: number): void;
  /** For `net.connect`, `tls.connect` and `http.request`: the socket goes to what this has answered, and nowhere else. */
  lookup: LookupFunction;
}

const systemResolver: Resolver = (host, options, done) =>
  lookup(host, { ...options, family: Number(options.family ?? 0), all: true, order: "verbatim" }, done);

/** Lets through what is on the internet and what is allowed. Every form of an address comes to this after resolution. */
export function makeGuard(allowed: AllowList, resolve: Resolver = systemResolver): AddressGuard {
  const refusal = (address: string): AddressKind | null =>
    allowsAddress(allowed, address) ? null : addressKind(address);
  return {
    check: (host, port = FIRST_PORT) => {
      if (host.startsWith("/") || host.startsWith("@")) throw new AddressRefused("socket");
      const kind = isIP(host) ? refusal(host) : null;
      if (kind !== null) throw new AddressRefused(kind);
      const isListed = isIP(host) ? allowsAddress(allowed, host) : allowsName(allowed, host);
      if (port < FIRST_PORT && !isListed) throw new AddressRefused("port");
    },
    lookup: (host, options, done) => {
      resolve(host, options as Parameters<Resolver>[1], (error, addresses) => {
        if (error) return done(error, "");
        // Of a name's several addresses those that may be met: an internal one beside them is not tried.
        const kept = allowsName(allowed, host)
          ? addresses
          : addresses.filter(({ address }) => refusal(address) === null);
        const [first] = kept;
        if (first === undefined)
          return done(new AddressRefused(refusal(addresses[0]?.address ?? "") ?? "reserved"), "");
        if (options.all) done(null, kept);
        else done(null, first.address, first.family);
      });
    },
  };
}

let isOwnersProgram = false;

/** For programs that run on their user's own machine for that user alone: the command line, and what measures it. */
export function allowEveryAddress(): void {
  isOwnersProgram = true;
}

let guard: { text: string; made: AddressGuard } | undefined;

/** Null where everything is allowed: an embedded Ferry without accounts works for whoever sits at its machine. */
export function addressGuard(): AddressGuard | null {
  if (isOwnersProgram || !asksForSignIn()) return null;
  const text = process.env.FERRY_ALLOW_ADDRESSES ?? "";
  if (guard?.text !== text) guard = { text, made: makeGuard(parseAllowList(text)) };
  return guard.made;
}
