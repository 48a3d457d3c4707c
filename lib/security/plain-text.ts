/**
 * Characters that a terminal obeys (C0 but for line and tab, DEL, C1), and those that turn the direction of what
 * follows, so that a name reads as another one.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const shown = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Names and messages come from servers that are not trusted. In JSON what this writes is the same character again. */
export const plainText = (text: string): string => text.replace(OBEYED, shown);

/** Where a line is one piece of news: no name in it begins another one. */
export const plainLine = (text: string): string => plainText(text).replace(/[\n\t]/g, shown);
