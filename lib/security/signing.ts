import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

/** Ed25519. Keys and signatures are lower-case hex: each has one way of being written, so that no character is idle. */
export interface SigningKey {
  publicKey: string;
  privateKey: string;
}

/** What stands before the 32 bytes of a key in DER. */
const PUBLIC_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC = /^[0-9a-f]{64}$/;
const SIGNED = /^([\s\S]*\nKey: ed25519 ([0-9a-f]{64})\n)Signature: ([0-9a-f]{128})\n$/;

export function newSigningKey(): SigningKey {
  const pair = generateKeyPairSync("ed25519");
  const raw = (der: Buffer) => der.subarray(-32).toString("hex");
  return {
    publicKey: raw(pair.publicKey.export({ type: "spki", format: "der" })),
    privateKey: raw(pair.privateKey.export({ type: "pkcs8", format: "der" })),
  };
}

export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The text with the key that signs it and the signature of both at its end. */
export function signText(text: string, { publicKey, privateKey }: SigningKey): string {
  const signed = `${text}Key: ed25519 ${publicKey}\n`;
  return `${signed}Signature: ${sign(null, Buffer.from(signed), privateObject(privateKey)).toString("hex")}\n`;
}

export type SignatureCheck = { valid: true; publicKey: string } | { valid: false; reason: string };

/**
 * Whether a text is to the letter what was signed, without any connection. By itself that says that nobody has changed it
 * since; whose key it is, is known only to who compares it with the one that Ferry shows.
 */
export function checkSignedText(text: string, expectedKey?: string): SignatureCheck {
  const [, signed, publicKey, signature] = SIGNED.exec(text) ?? [];
  if (signed === undefined || publicKey === undefined || signature === undefined) {
    return { valid: false, reason: "it is not a signed statement, or not a whole one" };
  }
  if (!verify(null, Buffer.from(signed), publicObject(publicKey), Buffer.from(signature, "hex"))) {
    return { valid: false, reason: "it was changed after it was signed" };
  }
  if (expectedKey !== undefined && (!PUBLIC.test(expectedKey) || expectedKey !== publicKey)) {
    return { valid: false, reason: "it was signed with another key" };
  }
  return { valid: true, publicKey };
}

const publicObject = (hex: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, Buffer.from(hex, "hex")]), format: "der", type: "spki" });

const privateObject = (hex: string): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, Buffer.from(hex, "hex")]), format: "der", type: "pkcs8" });
