import { assign, invalid, type Parts } from "./parts";

/** libpq's pairs stand between blanks, .NET's between semicolons; a password may hold either. */
export function readPairs(text: string): Parts {
  const plain = readKeyValues(text);
  const parts = plain && !plain.host?.includes(";") ? plain : readSemicolons(text);
  if (!parts) throw invalid("a key=value pair cannot be read");
  return parts;
}

/** libpq's `host=h password='a b'`: quotes and backslashes as it reads them. */
function readKeyValues(text: string): Parts | null {
  const parts: Parts = {};
  const pair = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s\\]|\\.)*))/gsy;
  let end = 0;
  for (const match of text.matchAll(pair)) {
    end = match.index + match[0].length;
    assign(parts, match[1] ?? "", (match[2] ?? match[3] ?? "").replace(/\\(.)/gs, "$1"));
  }
  return text.slice(end).trim() === "" ? parts : null;
}

/** .NET's `Host=h;Username=u;Password="a;b";SSL Mode=Require`. */
function readSemicolons(text: string): Parts | null {
  const parts: Parts = {};
  const pair = /\s*([a-z][a-z ]*?)\s*=\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([^;]*?))\s*(?:;|$)/giy;
  let count = 0;
  let end = 0;
  for (const match of text.matchAll(pair)) {
    count += 1;
    end = match.index + match[0].length;
    const value = match[2]?.replaceAll('""', '"') ?? match[3]?.replaceAll("''", "'") ?? match[4] ?? "";
    const isTls = match[1]?.toLowerCase().replaceAll(" ", "") === "sslmode";
    assign(parts, match[1] ?? "", isTls ? value.toLowerCase().replace(/^verify(?=ca|full)/, "verify-") : value);
  }
  return count > 1 && text.slice(end).trim() === "" ? parts : null;
}
