import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

export const newShareToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url");

/** What is stored: the token itself cannot be found again from it. */
export const hashShareToken = (token: string): string => createHash("sha256").update(token).digest("hex");
