/** Over https browsers hold a cookie with this prefix to its host, its path and encryption. */
const HOST_PREFIX = "__Host-";

interface Place {
  FERRY_URL?: string;
  FERRY_MODE: "embedded" | "hosted";
}

/** Where no address is given: a hosted Ferry is behind https, an embedded one speaks plain http itself. Pure. */
const isEncrypted = ({ FERRY_URL, FERRY_MODE }: Place): boolean =>
  FERRY_URL ? FERRY_URL.startsWith("https:") : FERRY_MODE === "hosted";

export const sessionCookieName = (place: Place): string => `${isEncrypted(place) ? HOST_PREFIX : ""}ferry-session`;

/** For better-auth, which would put a weaker prefix before its own name. Pure. */
export function cookieSettings(place: Place) {
  const secure = isEncrypted(place);
  return {
    useSecureCookies: false,
    cookiePrefix: `${secure ? HOST_PREFIX : ""}ferry`,
    cookies: { session_token: { name: sessionCookieName(place) } },
    defaultCookieAttributes: { secure, httpOnly: true, sameSite: "lax", path: "/" },
  } as const;
}
