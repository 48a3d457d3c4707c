import { createHash, randomBytes } from "node:crypto";

/** 256 bits: nobody finds one by trying. */
const TOKEN_BYTES = 32;
const FORM = /^[A-Za-z0-9_-]{43}$/;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url");

/**
 * What is stored and looked for: the token itself cannot be found again from it. The look-up compares digests, so how long
 * it takes says nothing of a token.
 */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Whether it may be a token at all: what is not is refused before anybody is asked. */
export const isToken = (text: string): boolean => FORM.test(text);
