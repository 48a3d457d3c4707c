import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/**
 * Keys that seal credentials, newest first: `id:base64` pairs separated by commas, 32 bytes each.
 * The first one seals; the others still open what they sealed, so that keys can be rotated.
 */
export interface Keyring {
  current: { id: string; key: Buffer };
  byId: ReadonlyMap<string, Buffer>;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function parseKeyring(text: string): Keyring {
  const keys = text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const colon = part.indexOf(":");
      const key = Buffer.from(part.slice(colon + 1), "base64");
      if (colon < 1 || key.length !== KEY_BYTES) {
        throw new Error("FERRY_KEYS must hold id:base64 pairs of 32 bytes, separated by commas.");
      }
      return { id: part.slice(0, colon), key };
    });
  const [current] = keys;
  if (!current) throw new Error("FERRY_KEYS is empty: Ferry cannot store a password without a key.");
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  // Two keys of one name: what the first seals, the second could not open.
  if (byId.size < keys.length) throw new Error("FERRY_KEYS holds two keys with the same id: each needs its own.");
  return { current, byId };
}

export function newKeyringText(): string {
  return `k${Date.now().toString(36)}:${randomBytes(KEY_BYTES).toString("base64")}`;
}

/** AES-256-GCM, bound to `owner`: a sealed value moved to another row does not open there. */
export function seal(keyring: Keyring, owner: string, clear: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyring.current.key, nonce);
  cipher.setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(clear, "utf8"), cipher.final()]);
  const packed = Buffer.concat([nonce, cipher.getAuthTag(), body]);
  return `${keyring.current.id}:${packed.toString("base64")}`;
}

export function open(keyring: Keyring, owner: string, sealed: string): string {
  const colon = sealed.indexOf(":");
  const packed = Buffer.from(sealed.slice(colon + 1), "base64");
  if (colon < 1 || packed.length < NONCE_BYTES + TAG_BYTES) {
    throw new Error("This is not a sealed credential: it was cut short or never sealed.");
  }
  const id = sealed.slice(0, colon);
  const key = keyring.byId.get(id);
  if (!key) throw new Error(`No key named ${id} in FERRY_KEYS: this credential cannot be opened.`);
  const decipher = createDecipheriv("aes-256-gcm", key, packed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(packed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = decipher.update(packed.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([body, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Error("This credential was changed, or was sealed for something else: it cannot be opened.", { cause });
  }
}
