import { createCipheriv, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newKeyringText, open, parseKeyring, seal } from "./keyring";

const key = () => randomBytes(32).toString("base64");
const OLD = `old:${key()}`;
const NEW = `new:${key()}`;
const ring = parseKeyring(OLD);
const OWNER = "credential:01J:source";

const secrets = fc.string({ unit: "grapheme" });

describe("sealing", () => {
  it("opens what it sealed, whatever it was", () => {
    fc.assert(
      fc.property(secrets, fc.string(), (clear, owner) => open(ring, owner, seal(ring, owner, clear)) === clear),
    );
  });

  it("never seals alike twice and shows nothing of the secret", () => {
    const sealed = Array.from({ length: 200 }, () => seal(ring, OWNER, "correct horse"));
    expect(new Set(sealed).size).toBe(200);
    for (const text of sealed) {
      expect(text).toMatch(/^old:[A-Za-z0-9+/]+=*$/);
      expect(Buffer.from(text.slice(4), "base64").includes("horse")).toBe(false);
    }
  });

  it("is bound to its row", () => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (clear, owner, other) => {
        fc.pre(owner !== other);
        const sealed = seal(ring, owner, clear);
        expect(() => open(ring, other, sealed)).toThrow(/sealed for something else/);
      }),
    );
  });

  it("does not open when any bit was changed", () => {
    const packed = Buffer.from(seal(ring, OWNER, "correct horse").slice(4), "base64");
    for (let bit = 0; bit < packed.length * 8; bit++) {
      const changed = Buffer.from(packed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => open(ring, OWNER, `old:${changed.toString("base64")}`)).toThrow(/was changed/);
    }
  });

  it("does not open when it was cut or drawn out", () => {
    const packed = Buffer.from(seal(ring, OWNER, "correct horse").slice(4), "base64");
    for (let length = 0; length < packed.length; length++) {
      expect(() => open(ring, OWNER, `old:${packed.subarray(0, length).toString("base64")}`)).toThrow(/credential/);
    }
    const longer = Buffer.concat([packed, Buffer.alloc(1)]).toString("base64");
    expect(() => open(ring, OWNER, `old:${longer}`)).toThrow(/was changed/);
  });

  it("takes no shortened tag, which could be guessed", () => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", ring.current.key, nonce);
    cipher.setAAD(Buffer.from(OWNER));
    cipher.final();
    const forged = Buffer.concat([nonce, cipher.getAuthTag().subarray(0, 4)]).toString("base64");
    expect(() => open(ring, OWNER, `old:${forged}`)).toThrow(/cut short/);
  });

  it("does not repeat in an error what it was given to open", () => {
    expect(() => open(ring, OWNER, "hunter2-in-clear")).toThrow(/^This is not a sealed credential/);
  });
});

describe("rotation", () => {
  const rotated = parseKeyring(`${NEW},${OLD}`);

  it("seals with the first key and opens what the others sealed", () => {
    const before = seal(ring, OWNER, "correct horse");
    expect(open(rotated, OWNER, before)).toBe("correct horse");
    const after = seal(rotated, OWNER, "correct horse");
    expect(after).toMatch(/^new:/);
    expect(open(rotated, OWNER, after)).toBe("correct horse");
  });

  it("says which key is missing once an old one was taken out", () => {
    expect(() => open(parseKeyring(NEW), OWNER, seal(ring, OWNER, "x"))).toThrow(/No key named old/);
  });

  it("does not open under another key of the same name", () => {
    const other = parseKeyring(`old:${key()}`);
    expect(() => open(other, OWNER, seal(ring, OWNER, "x"))).toThrow(/was changed/);
  });

  it("does not open when it is passed off as sealed by another key", () => {
    const sealed = seal(ring, OWNER, "x").replace(/^old/, "new");
    expect(() => open(rotated, OWNER, sealed)).toThrow(/was changed/);
  });
});

describe("FERRY_KEYS", () => {
  it("can be made, and read with blanks and line ends around", () => {
    const [first, second] = [newKeyringText(), `b:${key()}`];
    const parsed = parseKeyring(` ${first} ,\n${second},`);
    expect([...parsed.byId.keys()]).toEqual([parsed.current.id, "b"]);
    expect(parsed.current.key).toHaveLength(32);
  });

  it.each([
    ["nothing", "", /empty/],
    ["only commas", " , ,", /empty/],
    ["no id", key(), /id:base64/],
    ["an empty id", `:${key()}`, /id:base64/],
    ["a short key", `a:${randomBytes(16).toString("base64")}`, /32 bytes/],
    ["a long key", `a:${randomBytes(33).toString("base64")}`, /32 bytes/],
    ["one bad key among good ones", `a:${key()},b:abc`, /32 bytes/],
    ["one id twice", `a:${key()},a:${key()}`, /same id/],
  ])("is refused with %s", (_what, text, message) => {
    expect(() => parseKeyring(text)).toThrow(message);
  });

  it("is not shown when it is refused", () => {
    const almost = randomBytes(31).toString("base64");
    expect(() => parseKeyring(`a:${almost}`)).not.toThrow(new RegExp(almost.slice(0, 10).replace(/[+/]/g, ".")));
  });
});
