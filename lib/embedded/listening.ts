import { isIPv6 } from "node:net";
import { FerryError } from "@/lib/errors/ferry-error";
import { isLoopback } from "@/lib/security/loopback";
import { asksForSignIn } from "@/lib/security/sign-in-mode";
import { refuseUnsigned } from "@/lib/security/signed-engine";

type Environment = Readonly<Record<string, string | undefined>>;

export const LOOPBACK = "127.0.0.1";

export interface Listening {
  /** Where the web app listens. */
  host: string;
  /** By what this machine reaches it. */
  reach: string;
}

/**
 * Where an embedded Ferry listens: where others reach it people have to sign in, and the step engine's calls are signed.
 * Otherwise it does not start. Pure; `ownEngine` says that Ferry's own runner calls, which signs.
 */
export function listening(environment: Environment, ownEngine: boolean): Listening {
  const host = environment.FERRY_HOST || LOOPBACK;
  if (!isLoopback(host) && !asksForSignIn({ ...environment, FERRY_MODE: "embedded" })) {
    throw new FerryError("embedded.open_to_others", { host });
  }
  if (!ownEngine) refuseUnsigned(environment, host);
  // What listens on every address listens on loopback, too.
  if (host === "0.0.0.0" || host === "::") return { host, reach: LOOPBACK };
  return { host, reach: isIPv6(host) ? `[${host}]` : host };
}
