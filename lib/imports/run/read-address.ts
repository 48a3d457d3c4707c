import { FerryError } from "@/lib/errors/ferry-error";
import { chooseHost } from "@/lib/postgres/choose-host";
import { connectError } from "@/lib/postgres/connect-error";
import { type ConnectionSpec, isSocket, secretsOf } from "@/lib/postgres/connection-spec";
import { firstLook } from "@/lib/postgres/first-look";
import { rememberSecrets } from "@/lib/security/redact";
import { asksForSignIn } from "@/lib/security/sign-in-mode";
import { parseOnSide } from "@/lib/source/connection-string";
import { adviceOn, directSpec, knownAddress } from "@/lib/source/providers/address";
import { lookAlike } from "@/lib/source/providers/recognise";

type EndSide = "source" | "target";

/** What was pasted, as the address of the server itself where a pooler's is known to stand before it. Asks nobody. */
export function readAddress(side: EndSide, pasted: string): ConnectionSpec {
  const spec = parseOnSide(side, pasted);
  rememberSecrets(secretsOf(spec));
  return directSpec(spec);
}

/** A folder of the machine that Ferry runs on is none of its users'. */
export function refuseSocket(side: EndSide, pasted: string): void {
  const { host, otherHosts = [] } = parseOnSide(side, pasted);
  if (![{ host }, ...otherHosts].some((one) => isSocket(one.host))) return;
  const reason = "it names a socket of this server's own machine; give a network address";
  throw new FerryError("connection_string.invalid", { side, reason, part: "host" });
}

export function refuseSocketOfHost(side: EndSide, pasted: string): void {
  if (asksForSignIn()) refuseSocket(side, pasted);
}

/**
 * The one server that all sessions of an import will meet: of several hosts the right one, and neither a pooler that
 * would lend its sessions to others nor something that is no Postgres. Sets nothing there.
 */
export async function reachServer(side: EndSide, spec: ConnectionSpec): Promise<ConnectionSpec> {
  const options = { side, name: "ferry checks" };
  refuseLookAlike(side, { host: spec.host });
  return withAdvice(spec, async () => {
    const chosen = await chooseHost(spec, options);
    const { host, port } = chosen;
    const { versionText, pooling } = await firstLook(chosen, options).catch((error: unknown) => {
      throw connectError(error, chosen, side);
    });
    refuseLookAlike(side, { host, versionText });
    if (pooling === "transaction") {
      const known = knownAddress({ host, port });
      throw new FerryError("connect.pooler", {
        side,
        host,
        port,
        ...(known?.rule ? { advice: known.rule.advice } : {}),
      });
    }
    return chosen;
  });
}

function refuseLookAlike(side: EndSide, facts: { host: string; versionText?: string }): void {
  const name = lookAlike(facts);
  if (name !== null) throw new FerryError("connect.look_alike", { side, host: facts.host, name });
}

/** Adds what is known of a provider's hosts to an error that has a remedy of its own. */
export async function withAdvice<T>({ host, port }: ConnectionSpec, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const advice = error instanceof FerryError ? adviceOn(error.code, { host, port }) : null;
    if (!(error instanceof FerryError) || advice === null) throw error;
    throw new FerryError(error.code, { ...error.context, advice }, { cause: error });
  }
}
