import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { respondError } from "@/app/api/respond";
import { FerryError } from "@/lib/errors/ferry-error";
import { limitRate } from "@/lib/requests/limit-rate";
import { contentSecurityPolicy, STRICT_TRANSPORT } from "@/lib/requests/page-policy";
import { isActionBody } from "@/lib/requests/readable-body";
import {
  addressTrouble,
  bodyTrouble,
  countedAs,
  isForeign,
  isHandedOn,
  NO_SUCH_ACTION,
  type RequestFacts,
} from "@/lib/requests/rules";
import { clientAddress } from "@/lib/security/client-address";
import { isOwnHost } from "@/lib/security/host-guard";
import { asksForSignIn } from "@/lib/security/sign-in-mode";

/** Before every page and route. Who may do what is theirs to know. */
export async function proxy(request: NextRequest): Promise<Response> {
  const mode = asksForSignIn() ? "hosted" : "embedded";
  const { method, headers, nextUrl } = request;
  if (!isOwnHost(headers.get("host"), mode)) {
    return new NextResponse("This Ferry answers to its own machine only: open it as 127.0.0.1.\n", { status: 403 });
  }
  const path = nextUrl.pathname;
  const facts = { method, path, headers };
  const trouble = addressTrouble(facts);
  if (trouble !== null) return new NextResponse(null, { status: trouble });
  if (isHandedOn(facts)) return new NextResponse(null, { status: 404, headers: NO_SUCH_ACTION });
  if (path.startsWith("/_next/static/")) return NextResponse.next();
  if (method === "POST" && headers.has("next-action") && bodyTrouble(facts) === null) {
    const isReadable = await isActionBody(headers.get("content-type"), await request.arrayBuffer());
    if (!isReadable) return new NextResponse(null, { status: 400 });
  }
  try {
    await refuse(facts);
  } catch (error) {
    return respondError(error);
  }
  return withPolicy(request, mode === "hosted" && nextUrl.protocol === "https:");
}

async function refuse(facts: RequestFacts): Promise<void> {
  if (isForeign(facts)) throw new FerryError("input.foreign_origin");
  const trouble = bodyTrouble(facts);
  if (trouble === "no-length") throw new FerryError("request.no_length");
  if (trouble) throw new FerryError("request.too_large", trouble);
  const action = countedAs(facts);
  if (action === null) return;
  const proxies = Number(process.env.FERRY_PROXIES) || 1;
  const address = clientAddress(facts.headers.get("x-forwarded-for"), proxies);
  try {
    await limitRate(action, { address });
  } catch (error) {
    // Without its database Ferry can do nothing; the page or route says so in its own words.
    if (error instanceof FerryError && error.code === "request.too_many") throw error;
  }
}

/** Next reads the nonce from the policy of the request, and browsers from that of the answer. */
function withPolicy(request: NextRequest, isHttps: boolean): NextResponse {
  const isDevelopment = process.env.NODE_ENV === "development";
  const policy = contentSecurityPolicy({ nonce: randomBytes(16).toString("base64"), isDevelopment, isHttps });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (isHttps) response.headers.set("strict-transport-security", STRICT_TRANSPORT);
  return response;
}
