import type { Place } from "./parts";

export interface Word {
  text: string;
  place: Place;
}

/** Words as a shell sees them; a backslash that escapes nothing stays, as in a `.env` file. */
export function shellWords(text: string): Word[] {
  const word = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\]|["'\\])+/gs;
  const piece = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\([\s"'\\$`;&|()<>!#*?])|([^"'\\]+|.)/gs;
  // Lines that are continued become one; as long as before, so that places stay true.
  const joined = text.replace(/\\\r?\n/g, (lineEnd) => " ".repeat(lineEnd.length));
  return [...joined.matchAll(word)].map(({ 0: whole, index }) => ({
    place: { from: index, to: index + whole.length },
    text: [...whole.replace(/;$/, "").matchAll(piece)]
      .map(
        ([, double, single, escaped, bare]) => double?.replace(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? bare ?? "",
      )
      .join(""),
  }));
}
