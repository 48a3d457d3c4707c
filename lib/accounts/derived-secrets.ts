import { hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { parseKeyring } from "@/lib/security/keyring";

const BYTES = 32;
/** Long enough that nobody tries them all, short enough to be copied from a log. */
const SET_UP_BYTES = 15;

/**
 * Made of the first key of FERRY_KEYS, so that every process has the same without having asked another. A new first key
 * signs everybody out.
 */
function derive(purpose: string, bytes = BYTES, keys = env().FERRY_KEYS): Buffer {
  const { key } = parseKeyring(keys).current;
  return Buffer.from(hkdfSync("sha256", key, "", `ferry ${purpose}`, bytes));
}

/** Signs the cookies. */
export const sessionSecret = (): string => derive("sessions").toString("base64url");

/** Shown in the log while there is no owner: whoever reads the log of a hosted Ferry is the one who set it up. */
export const setUpSecret = (keys?: string): string => derive("set-up", SET_UP_BYTES, keys).toString("base64url");

export function isSetUpSecret(text: string): boolean {
  const [given, wanted] = [Buffer.from(text.trim()), Buffer.from(setUpSecret())];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
