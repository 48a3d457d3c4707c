import { headers } from "next/headers";
import { env } from "@/lib/env";
import { isLoopback } from "@/lib/security/loopback";

/** Where others find this Ferry: as it is set, else as the request says; null where only its own machine does. */
export async function publicOrigin(): Promise<string | null> {
  const { FERRY_URL } = env();
  if (FERRY_URL) return new URL(FERRY_URL).origin;
  const sent = await headers();
  const host = sent.get("x-forwarded-host") ?? sent.get("host");
  const origin = `${sent.get("x-forwarded-proto")?.split(",")[0] ?? "http"}://${host}`;
  if (host === null || !URL.canParse(origin)) return null;
  const { hostname } = new URL(origin);
  return isLoopback(hostname) ? null : new URL(origin).origin;
}
