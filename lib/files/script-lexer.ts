import { ScriptWords } from "./script-words";

/** Where a statement, or a line that begins with a backslash, stands in the bytes. */
export type Found =
  | { kind: "statement"; from: number; to: number; isCopyIn: boolean }
  | { kind: "command"; from: number; isInside: boolean };

type Mode = "plain" | "single" | "escape" | "double" | "dollar" | "line" | "block";

const NEWLINE = 0x0a;
const QUOTE = 0x27;
const BACKSLASH = 0x5c;

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
const isLetter = (byte: number) =>
  (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || byte >= 0x80;

/**
 * Finds the ends of statements by psql's rules, in bytes that come piece by piece. It goes by bytes, not characters: in
 * every encoding that a server may have, no part of a longer character looks like one of these. Pure.
 */
export class ScriptLexer {
  /** Of the next byte to be looked at. */
  at = 0;
  /** Whether a backslash in a plain string is nothing but itself. */
  standardStrings = true;
  /** The first byte of the statement under way that is neither space nor comment. */
  #from: number | null = null;
  #mode: Mode = "plain";
  #tag = Buffer.alloc(0);
  #nesting = 0;
  #words = new ScriptWords();
  /** A string of the form E'…' goes on after a line's end, with the same rules. */
  #mayContinue: "no" | "same line" | "yes" = "no";

  /** Nothing before it is needed any more. */
  get keptFrom(): number {
    return this.#from ?? this.at;
  }

  get isInStatement(): boolean {
    return this.#from !== null || this.#mode === "block";
  }

  forget(bytes: number): void {
    this.at -= bytes;
    if (this.#from !== null) this.#from -= bytes;
  }

  /** The next end, or null where more bytes are needed to know it. */
  find(bytes: Buffer, isLast: boolean): Found | null {
    while (this.at < bytes.length) {
      const before = this.at;
      const found = this.#mode === "plain" ? this.#plain(bytes, isLast) : this.#inside(bytes, isLast);
      if (found) return found;
      if (this.at === before) return null;
    }
    return null;
  }

  #plain(bytes: Buffer, isLast: boolean): Found | null {
    const byte = bytes[this.at] as number;
    const next = bytes[this.at + 1];
    if (isSpace(byte)) {
      if (byte === NEWLINE && this.#mayContinue === "same line") this.#mayContinue = "yes";
      this.at += 1;
      return null;
    }
    if ((byte === 0x2d || byte === 0x2f) && next === undefined && !isLast) return null;
    if (byte === 0x2d && next === 0x2d) return this.#enter("line", 2);
    if (byte === 0x2f && next === 0x2a) {
      this.#nesting = 1;
      return this.#enter("block", 2);
    }
    if (byte === BACKSLASH) return { kind: "command", from: this.at, isInside: this.#from !== null };
    if (byte === 0x3b && this.#words.mayEnd) return this.#end();
    this.#from ??= this.at;
    const continues = this.#mayContinue === "yes";
    if (byte === QUOTE) {
      this.#mayContinue = "no";
      this.#words.other(byte);
      return this.#enter(continues || !this.standardStrings ? "escape" : "single", 1);
    }
    if (byte === 0x22) {
      this.#mayContinue = "no";
      this.#words.other(byte);
      return this.#enter("double", 1);
    }
    if (byte === 0x24) return this.#dollar(bytes, isLast);
    if (isLetter(byte) || isDigit(byte)) return this.#word(bytes, isLast);
    this.#mayContinue = "no";
    this.#words.other(byte);
    this.at += 1;
    return null;
  }

  #word(bytes: Buffer, isLast: boolean): null {
    let end = this.at + 1;
    const startsWithDigit = isDigit(bytes[this.at] as number);
    for (; end < bytes.length; end++) {
      const byte = bytes[end] as number;
      if (!isLetter(byte) && !isDigit(byte) && (byte !== 0x24 || startsWithDigit)) break;
    }
    if (end === bytes.length && !isLast) return null;
    const word = bytes.toString("latin1", this.at, end);
    this.#mayContinue = "no";
    this.at = end;
    if (bytes[end] === QUOTE && (word === "e" || word === "E")) {
      this.#words.other(QUOTE);
      return this.#enter("escape", 1);
    }
    this.#words.word(word);
    return null;
  }

  #dollar(bytes: Buffer, isLast: boolean): null {
    let end = this.at + 1;
    while (
      end < bytes.length &&
      (isLetter(bytes[end] as number) || (end > this.at + 1 && isDigit(bytes[end] as number)))
    )
      end += 1;
    if (end === bytes.length && !isLast) return null;
    this.#mayContinue = "no";
    this.#words.other(0x24);
    if (bytes[end] !== 0x24) {
      this.at += 1;
      return null;
    }
    this.#tag = Buffer.from(bytes.subarray(this.at, end + 1));
    return this.#enter("dollar", this.#tag.length);
  }

  #inside(bytes: Buffer, isLast: boolean): null {
    switch (this.#mode) {
      case "single":
        return this.#until(bytes, QUOTE);
      case "double":
        return this.#until(bytes, 0x22);
      case "line":
        if (this.#mayContinue === "same line") this.#mayContinue = "yes";
        return this.#until(bytes, NEWLINE);
      case "dollar": {
        const end = bytes.indexOf(this.#tag, this.at);
        if (end < 0) this.at = Math.max(this.at, bytes.length - this.#tag.length + 1);
        else {
          this.at = end;
          this.#enter("plain", this.#tag.length);
        }
        return null;
      }
      case "escape":
        return this.#escape(bytes, isLast);
      default:
        return this.#comment(bytes);
    }
  }

  #until(bytes: Buffer, end: number): null {
    const found = bytes.indexOf(end, this.at);
    this.at = found < 0 ? bytes.length : found + 1;
    if (found >= 0) this.#mode = "plain";
    return null;
  }

  #escape(bytes: Buffer, isLast: boolean): null {
    const byte = bytes[this.at];
    const next = bytes[this.at + 1];
    if (byte !== BACKSLASH && byte !== QUOTE) {
      this.at += 1;
      return null;
    }
    if (next === undefined && !isLast) return null;
    if (byte === BACKSLASH || next === QUOTE) {
      this.at += 2;
      return null;
    }
    this.#mayContinue = "same line";
    return this.#enter("plain", 1);
  }

  #comment(bytes: Buffer): null {
    const byte = bytes[this.at];
    const next = bytes[this.at + 1];
    if (next === undefined) return null;
    if (byte === 0x2a && next === 0x2f) {
      this.#nesting -= 1;
      this.at += 2;
      if (this.#nesting === 0) this.#mode = "plain";
    } else if (byte === 0x2f && next === 0x2a) {
      this.#nesting += 1;
      this.at += 2;
    } else this.at += 1;
    return null;
  }

  #enter(mode: Mode, bytes: number): null {
    this.#mode = mode;
    this.at += bytes;
    return null;
  }

  #end(): Found | null {
    const from = this.#from;
    const isCopyIn = this.#words.isCopyIn;
    this.at += 1;
    this.#from = null;
    this.#words = new ScriptWords();
    this.#mayContinue = "no";
    return from === null ? null : { kind: "statement", from, to: this.at, isCopyIn };
  }
}
