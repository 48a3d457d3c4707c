import { assign, parameterNames } from "./parameters";
import { noParts, type Parts, type Place } from "./parts";

/** `+driver` is SQLAlchemy's. */
const SCHEME = /(?<![+\w])(?:jdbc:)?(?:postgres(?:ql)?|pgsql|postgis)(?:\+\w+)?:\/\//gi;
const CLOSING: Record<string, string> = { '"': '"', "'": "'", "`": "`", "<": ">", "“": "”", "‘": "’" };
/** Of several addresses in one file, those that say that no pooler is in between. */
const DIRECT = /(?:DIRECT|NON_?POOL|UNPOOLED)\w*\s*[=:]\s*["'`]?$/i;

/** The address in a text, wherever it stands, without the quotes around it. */
export function findUrl(text: string): Place | null {
  const found = [...text.matchAll(SCHEME)].map(({ index }) => index);
  const from = found.find((index) => DIRECT.test(text.slice(Math.max(0, index - 80), index))) ?? found[0];
  if (from === undefined) return null;
  const rest = text.slice(from);
  const close = CLOSING[text[from - 1] ?? ""];
  // A password may hold the quote too: the one that closes stands at the end or before a separator.
  const end = close ? rest.search(new RegExp(`${close}(?=[\\s,;)}\\]>]|$)`)) : -1;
  return { from, to: from + (end > 0 ? end : unquotedLength(rest)) };
}

function unquotedLength(rest: string): number {
  const [run = ""] = /^\S+/.exec(rest) ?? [];
  // A blank in the password: what stands before it is no address yet.
  const isCut = /^[^/]*\/\/[^:/@?\s]+:(?!\d+(?:[/?]|$))[^@\s]*$/.test(run);
  const whole = isCut ? /^[^\n@]*@\S+/.exec(rest)?.[0] : undefined;
  return (whole ?? run).replace(/[,;]+$/, "").length;
}

/** By hand, not with `new URL`: people paste passwords that hold `#`, `/`, `?` or `@` as they are. */
export function readUrl(text: string, { from, to }: Place): Parts {
  const url = text.slice(from, to);
  const start = url.indexOf("://") + 3;
  const rest = url.slice(start);
  const at = rest.lastIndexOf("@", queryStart(rest));
  const slashOrQuery = rest.slice(at + 1).search(/[/?]/);
  const hostsEnd = slashOrQuery < 0 ? rest.length : at + 1 + slashOrQuery;
  const queryMark = rest.indexOf("?", at + 1);
  const pathEnd = queryMark < 0 ? rest.length : queryMark;
  const place = (begin: number, end: number): Place => ({ from: from + start + begin, to: from + start + end });

  const parts = noParts();
  const { known } = parts;
  const take = (key: keyof typeof known, begin: number, end: number) => {
    known[key] = { value: decode(rest.slice(begin, end)), place: place(begin, end) };
  };
  if (at >= 0) {
    const colon = rest.slice(0, at).indexOf(":");
    take("user", 0, colon < 0 ? at : colon);
    if (colon >= 0) take("password", colon + 1, at);
  }
  Object.assign(known, readHosts(rest.slice(at + 1, hostsEnd), place(at + 1, hostsEnd)));
  if (rest[hostsEnd] === "/" && pathEnd > hostsEnd + 1) take("database", hostsEnd + 1, pathEnd);
  if (queryMark >= 0)
    readQuery(rest.slice(queryMark + 1), place(queryMark + 1, rest.length).from, /^jdbc:/i.test(url), parts);
  return parts;
}

/** `host1:port1,[::1]:port2` as the lists of hosts and ports that libpq's parameters hold. */
function readHosts(text: string, place: Place): Parts["known"] {
  const pairs = text.split(",").map((one) => {
    const address = /^\[([^\]]*)\](?::(.*))?$|^([^:]*)(?::(.*))?$/s.exec(one);
    return { host: decode(address?.[1] ?? address?.[3] ?? ""), port: address?.[2] ?? address?.[4] ?? "" };
  });
  const host = pairs.map((pair) => pair.host).join(",");
  const port = pairs.map((pair) => pair.port).join(",");
  const colon = pairs.length === 1 ? text.lastIndexOf(":") : -1;
  const portPlace = colon < 0 ? place : { from: place.from + colon + 1, to: place.to };
  return {
    ...(host === "" ? {} : { host: { value: host, place } }),
    ...(/^,*$/.test(port) ? {} : { port: { value: port, place: portPlace } }),
  };
}

function readQuery(query: string, from: number, isForm: boolean, parts: Parts): void {
  const value = (text: string) => decode(isForm ? text.replaceAll("+", " ") : text);
  for (const { 0: pair, index } of query.matchAll(/[^&]+/g)) {
    const equals = pair.indexOf("=");
    const [name, given] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
    assign(parts, decode(name), value(given), { from: from + index + equals + 1, to: from + index + pair.length });
  }
}

const KNOWN_QUERY = new RegExp(`\\?(?:${parameterNames().join("|")})=`, "i");

/** Where the query begins: at a parameter that is known, or at any that no `@` follows; an `@` past it ends no user. */
function queryStart(rest: string): number {
  const query = KNOWN_QUERY.exec(rest) ?? /\?[a-z_]+=[^@]*$/i.exec(rest);
  return query ? query.index : rest.length;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A raw password with a percent sign in it.
  }
}
