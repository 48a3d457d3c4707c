import { serve } from "inngest/next";
import { type NextRequest, NextResponse } from "next/server";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { jsonOnly } from "@/lib/requests/readable-body";
import { listeningHost, ownOrigin, refuseUnsigned, tellsHostOfRequest } from "@/lib/security/signed-engine";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
/** The platform's limit for one invocation; FERRY_STEP_BUDGET_SECONDS stays well below it. */
export const maxDuration = 300;

type Handler = (request: NextRequest, context: unknown) => Promise<Response>;

const handlers = serve({ client: inngest, functions, serveOrigin: ownOrigin(process.env) });

/**
 * Where the step engine calls in. Requests are signed; the SDK refuses the others. Where it would not, off a loopback
 * address, nobody gets as far: the server does not start (`instrumentation.ts`), and on a platform that starts it anyhow
 * every call is refused here.
 */
const signedOnly =
  (handler: Handler): Handler =>
  async (request, context) => {
    try {
      refuseUnsigned(process.env, listeningHost(process.env));
    } catch {
      return NextResponse.json({ error: "This Ferry's step engine is not signed." }, { status: 503 });
    }
    return handler(request, context);
  };

/** To make itself known to the engine, which `PUT` asks for, Ferry has to know by what address. */
const knownOnly =
  (handler: Handler): Handler =>
  async (request, context) => {
    if (!tellsHostOfRequest(process.env, request.headers)) return handler(request, context);
    return NextResponse.json({ error: "Set FERRY_URL, so that the engine is told no other address." }, { status: 403 });
  };

export const GET = signedOnly(handlers.GET);
export const POST = signedOnly(jsonOnly(handlers.POST));
export const PUT = signedOnly(knownOnly(jsonOnly(handlers.PUT)));
