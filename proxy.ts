import { type NextRequest, NextResponse } from "next/server";
import { isOwnHost } from "@/lib/security/host-guard";

/** Before every page and route: see `isOwnHost`. */
export function proxy(request: NextRequest): NextResponse {
  const mode = process.env.FERRY_MODE === "embedded" ? "embedded" : "hosted";
  if (isOwnHost(request.headers.get("host"), mode)) return NextResponse.next();
  return new NextResponse("This Ferry answers to its own machine only: open it as 127.0.0.1.\n", { status: 403 });
}
