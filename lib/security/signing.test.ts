import { expect, it } from "vitest";
import { checkSignedText, newSigningKey, signText } from "./signing";

const key = newSigningKey();
const text = "Ferry verification statement 1\n4 tables, 12 rows, 9 objects, 0 differences, snapshot 1-1 at now\n";
const signed = signText(text, key);

it("a signed text is valid, and tells its key", () => {
  expect(checkSignedText(signed)).toEqual({ valid: true, publicKey: key.publicKey });
  expect(checkSignedText(signed, key.publicKey)).toEqual({ valid: true, publicKey: key.publicKey });
  expect(signText(text, key)).toBe(signed);
});

it("any changed, lost or added character makes it invalid", () => {
  const isValid = (changed: string) => checkSignedText(changed).valid;
  for (let at = 0; at < signed.length; at++) {
    const [before, now, after] = [signed.slice(0, at), signed[at] as string, signed.slice(at + 1)];
    const others = [" ", "0", "1", "\n", "\r\n", "é", now.toUpperCase(), now.toLowerCase()].filter(
      (other) => other !== now,
    );
    for (const other of others) expect(isValid(before + other + after), `${at}: ${now} to ${other}`).toBe(false);
    expect(isValid(before + after), `${at} lost`).toBe(false);
    expect(isValid(`${before} ${now}${after}`), `${at} added`).toBe(false);
  }
  expect(isValid(`${signed}\n`)).toBe(false);
  expect(isValid("")).toBe(false);
});

it("another key's signature is no use where one is expected", () => {
  const other = newSigningKey();
  const forged = signText(text, other);
  expect(checkSignedText(forged).valid).toBe(true);
  expect(checkSignedText(forged, key.publicKey)).toEqual({ valid: false, reason: "it was signed with another key" });
  expect(checkSignedText(signed, "nonsense").valid).toBe(false);
  expect(checkSignedText(signed.replace(key.publicKey, other.publicKey)).valid).toBe(false);
});
