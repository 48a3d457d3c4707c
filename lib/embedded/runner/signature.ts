import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { FerryError } from "@/lib/errors/ferry-error";

const ACCEPTED_AGE_SECONDS = 5 * 60;

/** `inngest start` refuses other keys, so one that works here works there. */
export function checkSigningKey(signingKey: string): void {
  if (!/^(?:[0-9a-f]{2})+$/i.test(signingKey)) {
    throw new FerryError("input.invalid", { reason: "the signing key must be hexadecimal, of even length" });
  }
}

export function sign(body: string, signingKey: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000).toString();
  return `t=${seconds}&s=${mac(body, signingKey, seconds)}`;
}

/** True when `body` was signed with our key within the last five minutes. */
export function isSigned(body: string, header: string | undefined, signingKey: string, nowMs: number): boolean {
  const parts = new URLSearchParams(header ?? "");
  const seconds = parts.get("t") ?? "";
  if (!/^\d+$/.test(seconds) || Math.abs(nowMs / 1_000 - Number(seconds)) > ACCEPTED_AGE_SECONDS) return false;
  return isSameSecret(parts.get("s") ?? "", mac(body, signingKey, seconds));
}

const mac = (body: string, signingKey: string, seconds: string) =>
  createHmac("sha256", signingKey).update(body).update(seconds).digest("hex");

/** Apps authenticate to the API with a hash of the key, so that the key itself does not travel. */
export function isBearer(header: string | undefined, signingKey: string): boolean {
  const hashed = createHash("sha256").update(Buffer.from(signingKey, "hex")).digest("hex");
  return isSameSecret(header ?? "", `Bearer ${hashed}`);
}

/** Takes as long for a near miss as for a far one. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
