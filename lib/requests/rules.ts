import type { LimitedAction } from "@/lib/security/rate-limit";

/** What the proxy asks of every request before a page or route sees it. Pure. */
export interface RequestFacts {
  method: string;
  path: string;
  headers: Headers;
}

/** Where the step engine calls in: from another machine, signed, with the results of all steps so far. */
const isEngine = (path: string): boolean => path === "/api/inngest";

const CHANGES_NOTHING = new Set(["GET", "HEAD", "OPTIONS"]);
export const changes = (method: string): boolean => !CHANGES_NOTHING.has(method);

/**
 * Whether another site's page made a browser send this. A browser says so in headers that no page can set; a script
 * that is no browser says nothing, and has no session that could be abused.
 */
export function isForeign({ method, path, headers }: RequestFacts): boolean {
  if (!changes(method) || isEngine(path)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  const origin = headers.get("origin");
  if (origin === null) return false;
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** Pages of Next's own, which answer as if something had failed when they are asked for by name. */
const INNER_PAGES = /^\/(_global-error|_not-found)(\/|$)/;

/** Set by Next itself on what asks for `/_next/data`: its older router has that, of which Ferry has no page. */
const OLD_ROUTER = "x-nextjs-data";

/**
 * With what status an address is answered that nobody serves, or that no row could hold. Pages are looked at, and posted
 * to by their own actions, which name themselves; a form of another kind would be taken apart before it is refused. Next's
 * own files have no actions: it fails where one is posted to them.
 */
export function addressTrouble({ method, path, headers }: RequestFacts): 400 | 404 | 405 | null {
  if (!isReadable(path)) return 400;
  if (INNER_PAGES.test(path) || headers.has(OLD_ROUTER)) return 404;
  const isPage = !path.startsWith("/api/") && path !== "/api";
  const isAction = method === "POST" && headers.has("next-action") && !path.startsWith("/_next/");
  return isPage && changes(method) && !isAction ? 405 : null;
}

function isReadable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes("\0");
  } catch {
    return false;
  }
}

/**
 * Whether Next hands on an action that was posted to a page which does not have it: it asks itself, for the page that
 * does, and says so. No page of Ferry's posts such a thing, so nobody's action is run by another way than its own page.
 */
export const isHandedOn = ({ headers }: RequestFacts): boolean => headers.has("x-action-forwarded");

/** By this Next tells whoever posted it, with a 409, that there is no such action. */
export const NO_SUCH_ACTION = { "x-nextjs-action-not-found": "1" };

/** Two connection strings with certificates take a tenth of it. */
export const MOST_BODY_BYTES = 256 * 1024;
/** The engine's limit for a run, and what stands around it. `next.config.ts` lets as much through. */
export const MOST_ENGINE_BYTES = 40 * 1024 * 1024;

/** A slice of a file that somebody brings: the only other route that takes much. */
const isSlice = (path: string): boolean => /^\/api\/files\/[^/]+\/bytes\/?$/.test(path);
export const MOST_SLICE_BYTES = 8 * 1024 * 1024;

/** What is wrong with the length of its body, which is read whole before anybody looks at it. */
export function bodyTrouble({ path, headers }: RequestFacts): { kilobytes: number } | "no-length" | null {
  const most = isEngine(path) ? MOST_ENGINE_BYTES : isSlice(path) ? MOST_SLICE_BYTES : MOST_BODY_BYTES;
  const length = headers.get("content-length");
  if (length !== null) return Number(length) <= most ? null : { kilobytes: most / 1024 };
  return headers.has("transfer-encoding") && !isEngine(path) ? "no-length" : null;
}

/** As what a request is counted; null for pages that are only looked at. The first that fits decides. */
const COUNTED: readonly [LimitedAction | null, RegExp][] = [
  // Anybody may send it, and Ferry asks its engine each time.
  ["connect", /^PUT \/api\/inngest$/],
  [null, /^\S+ \/api\/inngest$/],
  // GitHub sends people back with a GET.
  ["login", /^\S+ \/api\/auth\//],
  ["connect", /^POST \/api\/imports$/],
  ["connect", /^POST \/api\/imports\/[^/]+\/(verify|target)$/],
  ["checks", /^POST \/api\/imports\/[^/]+\/check$/],
  ["checks", /^GET \/api\/imports\/[^/]+\/preview$/],
  ["upload", /^PUT \/api\/files\/[^/]+\/bytes$/],
  ["share", /^\S+ (\/api)?\/share\//],
  ["api", /^\S+ \/api\//],
  [null, /^(GET|HEAD|OPTIONS) /],
  ["api", /^/],
];

export function countedAs({ method, path }: Pick<RequestFacts, "method" | "path">): LimitedAction | null {
  const plain = path.length > 1 ? path.replace(/\/+$/, "") : path;
  return COUNTED.find(([, pattern]) => pattern.test(`${method} ${plain}`))?.[0] ?? null;
}
