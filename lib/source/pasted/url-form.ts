import { assign, invalid, type Parts } from "./parts";

/** `+driver` is SQLAlchemy's. */
const SCHEME = /\bpostgres(?:ql)?(?:\+\w+)?:\/\//i;
const CLOSING: Record<string, string> = { '"': '"', "'": "'", "`": "`", "<": ">" };

/** The address in a text, wherever it stands, without the quotes around it. */
export function findUrl(text: string): string | null {
  const begin = SCHEME.exec(text);
  if (!begin) return null;
  const rest = text.slice(begin.index);
  const close = CLOSING[text[begin.index - 1] ?? ""];
  // A password may hold the quote too: the one that closes stands at the end or before a separator.
  const end = close ? rest.search(new RegExp(`${close}(?=[\\s,;)}\\]>]|$)`)) : -1;
  return end > 0 ? rest.slice(0, end) : (/^\S+/.exec(rest)?.[0] ?? "").replace(/[,;]+$/, "");
}

/** By hand, not with `new URL`: people paste passwords that hold `#`, `/`, `?` or `@` as they are. */
export function readUrl(url: string): Parts {
  const rest = url.slice(url.indexOf("://") + 3);
  const at = rest.lastIndexOf("@", queryStart(rest));
  const userInfo = at < 0 ? "" : rest.slice(0, at);
  const [beforeQuery = "", query = ""] = splitOnce(at < 0 ? rest : rest.slice(at + 1), "?");
  const [hostPort = "", database = ""] = splitOnce(beforeQuery, "/");
  const [user = "", password] = splitOnce(userInfo, ":");
  const address = /^\[([^\]]+)\](?::(\d*))?$|^([^:]*)(?::(.*))?$/.exec(hostPort);
  if (hostPort.includes(",")) throw invalid("it names several hosts; give the one to read from");
  const parts: Parts = {
    host: decode(address?.[1] ?? address?.[3] ?? ""),
    port: address?.[2] ?? address?.[4],
    database: decode(database),
    user: decode(user),
  };
  if (password !== undefined) parts.password = decode(password);
  for (const [key, value] of new URLSearchParams(query)) assign(parts, key, value);
  return parts;
}

const PARAMETERS =
  "sslmode|ssl|sslrootcert|application_name|options|channel_binding|connect_timeout|target_session_attrs|user|password|host|hostaddr|port|dbname|pgbouncer|schema";

/** Where the query begins: at a parameter that is known, or at any that no `@` follows; an `@` past it ends no user. */
function queryStart(rest: string): number {
  const query = new RegExp(`\\?(?:${PARAMETERS})=`, "i").exec(rest) ?? /\?[a-z_]+=[^@]*$/i.exec(rest);
  return query ? query.index : rest.length;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A raw password with a percent sign in it.
  }
}
