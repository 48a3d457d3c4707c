import { assign } from "./parameters";
import { invalid, noParts, type Parts, type Place } from "./parts";

/**
 * libpq's pairs stand between blanks, .NET's between semicolons; a password may hold either. `within` is the place of
 * the whole where it was unwrapped from quotes, so that places in it are not known.
 */
export function readPairs(text: string, from: number, within?: Place): Parts {
  const at = (begin: number, end: number): Place => within ?? { from: from + begin, to: from + end };
  const plain = readKeyValues(text, at);
  const parts = plain && !plain.known.host?.value.includes(";") ? plain : readSemicolons(text, at);
  if (!parts) throw invalid("a key=value pair cannot be read", undefined, within);
  return parts;
}

type At = (begin: number, end: number) => Place;

/** libpq's `host=h password='a b'`: quotes and backslashes as it reads them. */
function readKeyValues(text: string, at: At): Parts | null {
  const found: [string, string, Place][] = [];
  const pair = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s\\]|\\.)*))/gsy;
  let end = 0;
  for (const match of text.matchAll(pair)) {
    end = match.index + match[0].length;
    const given = match[2] ?? match[3] ?? "";
    const begin = end - given.length - (match[2] === undefined ? 0 : 1);
    found.push([match[1] ?? "", given.replace(/\\(.)/gs, "$1"), at(begin, begin + given.length)]);
  }
  return text.slice(end).trim() === "" ? assigned(found) : null;
}

/** .NET's `Host=h;Username=u;Password="a;b";SSL Mode=Require`. */
function readSemicolons(text: string, at: At): Parts | null {
  const found: [string, string, Place][] = [];
  const pair = /\s*([a-z][a-z ]*?)\s*=\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([^;]*?))\s*(?:;|$)/giy;
  let end = 0;
  for (const match of text.matchAll(pair)) {
    end = match.index + match[0].length;
    const value = match[2]?.replaceAll('""', '"') ?? match[3]?.replaceAll("''", "'") ?? match[4] ?? "";
    found.push([match[1] ?? "", value, at(match.index + match[0].indexOf("=") + 1, end)]);
  }
  return found.length > 1 && text.slice(end).trim() === "" ? assigned(found) : null;
}

function assigned(found: [string, string, Place][]): Parts {
  const parts = noParts();
  for (const [name, value, place] of found) assign(parts, name, value, place);
  return parts;
}
