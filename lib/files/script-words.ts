/** What the words of a statement say about where it ends, as psql goes by them. Pure. */
export class ScriptWords {
  #first = "";
  #previous = "";
  #begun = "";
  #count = 0;
  #depth = 0;
  #blocks = 0;
  #isCopyIn = false;

  word(word: string): void {
    const lower = word.toLowerCase();
    if (this.#count === 0) this.#first = lower;
    // `create [or replace] function`: psql keeps the first letters of these words only, and so does this.
    if (/^(create|or|replace|function|procedure)$/.test(lower) && this.#begun.length === this.#count && this.#count < 4)
      this.#begun += lower[0];
    this.#count += 1;
    if (this.#depth === 0 && /^c(or)?[fp]/.test(this.#begun)) this.#block(lower);
    if (this.#first === "copy" && this.#depth === 0 && this.#previous === "from" && lower === "stdin")
      this.#isCopyIn = true;
    this.#previous = lower;
  }

  /** `begin atomic … end` of a function's body, in which semicolons end nothing. */
  #block(lower: string): void {
    if (lower === "begin" || (lower === "case" && this.#blocks > 0)) this.#blocks += 1;
    else if (lower === "end" && this.#blocks > 0) this.#blocks -= 1;
  }

  other(byte: number): void {
    if (byte === 0x28) this.#depth += 1;
    else if (byte === 0x29 && this.#depth > 0) this.#depth -= 1;
    this.#previous = "";
  }

  get mayEnd(): boolean {
    return this.#depth === 0 && this.#blocks === 0;
  }

  /** Whether rows follow the statement. */
  get isCopyIn(): boolean {
    return this.#isCopyIn;
  }
}
