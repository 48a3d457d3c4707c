import { FerryError } from "@/lib/errors/ferry-error";
import { ScriptLexer } from "./script-lexer";

/** What a plain dump is made of. `rows` come between a `copy` and its `rows-end`. */
export type ScriptItem =
  | { kind: "statement"; text: string; line: number }
  | { kind: "copy"; text: string; line: number }
  | { kind: "rows"; bytes: Buffer }
  | { kind: "rows-end" }
  | { kind: "command"; text: string; line: number; isInside: boolean };

/** A statement is held in memory whole, as its server holds it. */
const MOST_STATEMENT_BYTES = 64 * 1024 * 1024;
const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Takes a script apart as psql does, with as much in memory as its longest statement. Pure: bytes are pushed in, items
 * are taken out until there is none.
 */
export class ScriptReader {
  #bytes: Buffer = Buffer.alloc(0);
  #isLast = false;
  #isBegun = false;
  /** Of the first byte that is kept. */
  #line = 1;
  #state: "statements" | "copy-line" | "rows" = "statements";
  #isLineStart = true;
  readonly #lexer = new ScriptLexer();
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  /** Follows what the server says of `standard_conforming_strings`. */
  set standardStrings(isOn: boolean) {
    this.#lexer.standardStrings = isOn;
  }

  push(chunk: Buffer): void {
    this.#forget();
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
  }

  /** There is no more. */
  end(): void {
    this.#isLast = true;
  }

  /** Null where more has to be pushed; after the end, where nothing is left. */
  next(): ScriptItem | null {
    if (!this.#skipMark()) return null;
    this.#forget();
    if (this.#state === "copy-line" && !this.#passLineEnd()) return null;
    return this.#state === "rows" ? this.#rows() : this.#statement();
  }

  #skipMark(): boolean {
    if (this.#isBegun) return true;
    if (this.#bytes.length < BYTE_ORDER_MARK.length && !this.#isLast) return false;
    this.#isBegun = true;
    if (this.#bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) this.#lexer.at = 3;
    return true;
  }

  #statement(): ScriptItem | null {
    const found = this.#lexer.find(this.#bytes, this.#isLast);
    if (found === null) {
      if (this.#isLast && this.#lexer.isInStatement) throw this.#truncated(this.#lexer.keptFrom);
      if (this.#bytes.length - this.#lexer.keptFrom > MOST_STATEMENT_BYTES)
        throw new FerryError("file.statement_too_long", { line: this.#lineAt(this.#lexer.keptFrom), megabytes: 64 });
      return null;
    }
    if (found.kind === "command") return this.#command(found.from, found.isInside);
    const line = this.#lineAt(found.from);
    const text = this.#decode(this.#bytes.subarray(found.from, found.to), line);
    if (!found.isCopyIn) return { kind: "statement", text, line };
    this.#state = "copy-line";
    return { kind: "copy", text, line };
  }

  #command(from: number, isInside: boolean): ScriptItem | null {
    const end = this.#bytes.indexOf(NEWLINE, from);
    if (end < 0 && !this.#isLast) return null;
    const line = this.#lineAt(from);
    this.#lexer.at = end < 0 ? this.#bytes.length : end;
    const text = this.#decode(this.#bytes.subarray(from, this.#lexer.at), line).trimEnd();
    return { kind: "command", text, line, isInside };
  }

  /** Rows begin on the line after their COPY. */
  #passLineEnd(): boolean {
    const at = this.#lexer.at;
    const end = this.#bytes.indexOf(NEWLINE, at);
    if (end < 0) {
      if (this.#isLast) throw this.#truncated(at);
      return false;
    }
    if (this.#bytes.toString("latin1", at, end).trim() !== "")
      throw new FerryError("file.broken_line", {
        line: this.#lineAt(at),
        reason: "something follows a COPY on its line",
      });
    this.#lexer.at = end + 1;
    this.#state = "rows";
    this.#isLineStart = true;
    return true;
  }

  #rows(): ScriptItem | null {
    const bytes = this.#bytes;
    const at = this.#lexer.at;
    if (this.#isLineStart) {
      const marker = markerAt(bytes, at, this.#isLast);
      if (marker === "unknown") return null;
      if (marker > 0) {
        this.#lexer.at += marker;
        this.#state = "statements";
        return { kind: "rows-end" };
      }
    }
    const found = bytes.indexOf("\n\\.", at);
    const end = found < 0 ? bytes.length - heldBack(bytes) : found + 1;
    if (end <= at) {
      if (this.#isLast) throw this.#truncated(at);
      return null;
    }
    this.#lexer.at = end;
    this.#isLineStart = found >= 0;
    return { kind: "rows", bytes: bytes.subarray(at, end) };
  }

  /** What has been handed out is counted and let go. */
  #forget(): void {
    const count = this.#state === "statements" ? this.#lexer.keptFrom : this.#lexer.at;
    if (count === 0) return;
    this.#line = this.#lineAt(count);
    this.#bytes = this.#bytes.subarray(count);
    this.#lexer.forget(count);
  }

  #lineAt(index: number): number {
    let line = this.#line;
    for (let at = this.#bytes.indexOf(NEWLINE); at >= 0 && at < index; at = this.#bytes.indexOf(NEWLINE, at + 1))
      line += 1;
    return line;
  }

  #decode(bytes: Buffer, line: number): string {
    try {
      const text = this.#decoder.decode(bytes);
      // The protocol ends a statement there.
      if (text.includes("\0")) throw new Error("There is a zero byte in it.");
      return text;
    } catch (cause) {
      throw new FerryError("file.not_utf8", { line }, { cause });
    }
  }

  #truncated(at: number): FerryError {
    return new FerryError("file.truncated", { line: this.#lineAt(at) });
  }
}

/** How long the line `\.` is that ends rows; 0 where another one stands there. */
function markerAt(bytes: Buffer, at: number, isLast: boolean): number | "unknown" {
  const line = bytes.toString("latin1", at, at + 4);
  if (line.startsWith("\\.\n")) return 3;
  if (line.startsWith("\\.\r\n")) return 4;
  const mayBecome = "\\.\r\n".startsWith(line) || "\\.\n".startsWith(line);
  if (!mayBecome) return 0;
  if (!isLast) return "unknown";
  return line === "\\." || line === "\\.\r" ? line.length : 0;
}

/** What may be the beginning of the last line's marker. */
function heldBack(bytes: Buffer): number {
  if (bytes.at(-1) === NEWLINE) return 1;
  return bytes.at(-1) === 0x5c && bytes.at(-2) === NEWLINE ? 2 : 0;
}
