import { FerryError } from "@/lib/errors/ferry-error";

const QUOTE = 0x22;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Goes through a CSV file before its server does. A quote inside a field without quotes, as in `5" pipe`, is read by
 * Postgres as the beginning of a quoted part, which may swallow lines without a word: that is an error here. Counts the
 * lines of the table, so that it is known how many rows there have to be. Pure.
 */
export class CsvScan {
  /** Records, the first line included. */
  records = 0;
  #state: "start" | "plain" | "quoted" | "after-quote" = "start";
  #line = 1;
  #quotedFrom = 0;
  #wasReturn = false;
  #isEmpty = true;
  readonly #delimiter: number;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at++) this.#byte(chunk[at] as number);
  }

  end(): void {
    if (this.#state === "quoted") throw new FerryError("file.truncated", { line: this.#quotedFrom });
    if (!this.#isEmpty) this.records += 1;
  }

  #byte(byte: number): void {
    const isSecondOfLineEnd = byte === NEWLINE && this.#wasReturn;
    this.#wasReturn = byte === RETURN;
    if ((byte === NEWLINE || byte === RETURN) && !isSecondOfLineEnd) this.#line += 1;
    if (this.#state === "quoted") {
      if (byte === QUOTE) this.#state = "after-quote";
      return;
    }
    if (byte === NEWLINE || byte === RETURN) {
      this.#state = "start";
      if (!isSecondOfLineEnd) this.records += 1;
      this.#isEmpty = true;
      return;
    }
    this.#isEmpty = false;
    if (byte === this.#delimiter) this.#state = "start";
    else if (byte !== QUOTE) this.#field();
    else if (this.#state === "plain") throw this.#broken("a quote stands inside a field that does not begin with one");
    else {
      // After another one it stands for a quote, and the field goes on.
      if (this.#state === "start") this.#quotedFrom = this.#line;
      this.#state = "quoted";
    }
  }

  #field(): void {
    if (this.#state === "after-quote") throw this.#broken("something follows the closing quote of a field");
    this.#state = "plain";
  }

  #broken(reason: string): FerryError {
    return new FerryError("file.broken_line", { line: this.#line, reason });
  }
}
