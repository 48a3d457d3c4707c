/** A text as lines of SQL comment: no line break of a name ends it. */
export const sqlComment = (text: string): string =>
  text
    .split(/[\r\n\u2028\u2029]/)
    .map((line) => `-- ${line}`.trimEnd())
    .join("\n");
