/**
 * Whether a request may have been meant for this Ferry. An embedded one has no login and answers to its own machine
 * only; a page elsewhere can make a browser believe that its name is 127.0.0.1 (DNS rebinding), but it cannot make it
 * send another Host than that name.
 */
export function isOwnHost(host: string | null, mode: "embedded" | "hosted"): boolean {
  if (mode === "hosted") return true;
  return host !== null && /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}
