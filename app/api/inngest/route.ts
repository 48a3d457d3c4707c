import { serve } from "inngest/next";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { jsonOnly } from "@/lib/requests/readable-body";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
/** The platform's limit for one invocation; FERRY_STEP_BUDGET_SECONDS stays well below it. */
export const maxDuration = 300;

/** Where the step engine calls in. Requests are signed; the SDK refuses the others. */
const handlers = serve({ client: inngest, functions });
export const { GET } = handlers;
export const POST = jsonOnly(handlers.POST);
export const PUT = jsonOnly(handlers.PUT);
