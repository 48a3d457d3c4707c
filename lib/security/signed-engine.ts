import { FerryError } from "@/lib/errors/ferry-error";
import { isLoopback } from "./loopback";

type Environment = Readonly<Record<string, string | undefined>>;

/** Why calls of the step engine would go unchecked; null if each has to be signed. Pure. */
export function whyUnsigned(environment: Environment): string | null {
  const dev = environment.INNGEST_DEV;
  // To the SDK anything but 0 and false, also an address, means that nothing is signed.
  if (dev && !/^(0|false)$/i.test(dev)) return "INNGEST_DEV is set";
  if (!environment.INNGEST_SIGNING_KEY) return "INNGEST_SIGNING_KEY is not set";
  return null;
}

/**
 * Whoever can call the step engine's route unsigned can begin a step of any import. That is borne on a loopback address
 * only, where `inngest dev` calls. Pure; `host` is where the web app listens.
 */
export function refuseUnsigned(environment: Environment, host: string): void {
  const reason = whyUnsigned(environment);
  if (reason !== null && !isLoopback(host)) throw new FerryError("engine.unsigned", { reason });
}

/** Of a running web app: an embedded one is on a loopback address unless it was told another; others are not. */
export const listeningHost = (environment: Environment): string =>
  environment.FERRY_MODE === "embedded" ? environment.FERRY_HOST || "127.0.0.1" : "0.0.0.0";

/**
 * Where the step engine is told that Ferry is, by a PUT that needs no signature. Only the operator's word counts: whoever
 * could choose it by the request's Host would be sent the steps of every import, and could answer them. Pure.
 */
export const ownOrigin = (environment: Environment): string | undefined =>
  environment.FERRY_ENGINE === "embedded" ? undefined : environment.FERRY_URL || undefined;

/** Whether such a PUT would tell the engine what the request says: the engine's own, which is signed, does not. Pure. */
export function tellsHostOfRequest(environment: Environment, headers: Headers): boolean {
  if (headers.get("x-inngest-sync-kind") === "in_band") return false;
  // On Vercel a request comes with no other host than the deployment's own.
  const isKnown = ownOrigin(environment) || environment.INNGEST_SERVE_ORIGIN || environment.VERCEL;
  // Ferry's own engine knows where Ferry is, and does not go by what it is told.
  return !isKnown && environment.FERRY_ENGINE !== "embedded" && !isLoopback(listeningHost(environment));
}
