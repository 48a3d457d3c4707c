import { FerryError } from "@/lib/errors/ferry-error";
import { secretsOf } from "@/lib/postgres/connection-spec";
import { readConnection } from "@/lib/source/connection-string";
import { writeConnection } from "@/lib/source/pasted/write-connection";

export interface Keepable {
  text: string;
  /** Something was taken out, and has to be typed again. */
  hadSecret: boolean;
}

/**
 * What a browser may keep of what was pasted: the same connection without password, key and passphrase. Null for what
 * cannot be read: nobody knows where the password is in it.
 */
export function keepable(pasted: string): Keepable | null {
  try {
    const { spec } = readConnection(pasted);
    const secrets = secretsOf(spec);
    const { key: _key, passphrase: _passphrase, certificate: _certificate, ...tls } = spec.tls;
    const text = secrets.length === 0 ? pasted : writeConnection({ ...spec, password: null, tls });
    // A password that stands in some other part as well is in the text still.
    return secrets.some((secret) => text.includes(secret)) ? null : { text, hadSecret: secrets.length > 0 };
  } catch (error) {
    if (error instanceof FerryError) return null;
    throw error;
  }
}

export function readKept(kept: unknown): Keepable | null {
  if (typeof kept !== "object" || kept === null || !("text" in kept) || !("hadSecret" in kept)) return null;
  const { text, hadSecret } = kept;
  return typeof text === "string" && typeof hadSecret === "boolean" ? { text, hadSecret } : null;
}
