import { assign, isParameter } from "./parameters";
import { invalid, noParts, type Parts } from "./parts";

/** `host: db.example` of Rails' database.yml, `'HOST': 'db.example'` of Django's settings, or of JSON. */
const SETTING =
  /(?:^|[\s{,])(["']?)([A-Za-z_]+)\1\s*:[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|([^\s"'{}[\],#][^\n,}#]*))/g;
const TEMPLATE = /^(?:<%=|\$\{|\{\{)/;
/** Where it is in no quotes: in them, a host may well be called so. */
const CODE = /^(?:os\.(?:environ|getenv)\b|env\s*[([.]|process\.env\b|getenv\b)/;

/** Null where the text is none of these. */
export function readSettings(text: string): Parts | null {
  const parts = noParts();
  for (const match of text.matchAll(SETTING)) {
    const [whole, , name = "", double, single, bare = ""] = match;
    if (!isParameter(name)) continue;
    const value = double?.replace(/\\(["\\/])/g, "$1") ?? single?.replace(/\\(['\\])/g, "$1") ?? bare.trim();
    const end = match.index + whole.length;
    const place = { from: end - (double ?? single ?? bare).length - (bare ? 0 : 1), to: end - (bare ? 0 : 1) };
    if (TEMPLATE.test(value) || (bare && CODE.test(value)))
      throw invalid(`${name.toLowerCase()} names a variable; give its value`, undefined, place);
    const before = { ...parts.known };
    assign(parts, name, value, place);
    if (Object.entries(before).some(([key, part]) => part !== parts.known[key as keyof Parts["known"]])) {
      throw invalid("it describes several databases; paste one of them", undefined, place);
    }
  }
  return parts.known.host && (parts.known.user || parts.known.database) ? parts : null;
}
