/** Characters that no common encoding changes. */
const PLAIN = /^[A-Za-z0-9]$/;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;|&#0*34;|&#x22;",
  "'": "&apos;|&#0*39;|&#x27;",
};

const LETTER_ESCAPES: Record<string, string> = { "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t", "\v": "v" };

/** Finds a secret as it is, percent-encoded, escaped for JSON, JavaScript, SQL, a shell or CSV, or as HTML. */
export function secretPattern(secret: string): RegExp {
  const pieces = secret.match(/\\+|[^\\]/gsu) ?? [];
  return new RegExp(pieces.map(spellings).join(""), "g");
}

function spellings(piece: string): string {
  if (PLAIN.test(piece)) return piece;
  // A backslash may be doubled any number of times, so a run of them is told by its least length.
  if (piece.startsWith("\\")) return `(?:\\\\{${piece.length},}|(?:${percent("\\")}){${piece.length}})`;
  const ways = [`\\\\*${literal(piece)}`, unicodeEscape(piece)];
  const encoded = percent(piece);
  if (encoded) ways.push(encoded);
  if (piece === " ") ways.push("\\+");
  if (piece === "'" || piece === '"') ways.unshift(`\\\\*${piece}{2}`);
  const entity = ENTITIES[piece];
  if (entity) ways.push(entity);
  const letter = LETTER_ESCAPES[piece];
  if (letter) ways.push(`\\\\+${letter}`);
  return `(?:${ways.join("|")})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** `%c3%A9`; null for half of a surrogate pair, which has no such form. */
function percent(character: string): string | null {
  if (/^\p{Surrogate}$/u.test(character)) return null;
  return [...Buffer.from(character, "utf8")].map((byte) => `%${anyCase(byte.toString(16).padStart(2, "0"))}`).join("");
}

/** `\u00e9`, or two of them for a character beyond 16 bits. */
function unicodeEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\\\+u${anyCase(character.charCodeAt(index).toString(16).padStart(4, "0"))}`;
  }).join("");
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
