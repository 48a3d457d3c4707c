import { serve } from "inngest/next";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";
/** The platform's limit for one invocation; FERRY_STEP_BUDGET_SECONDS stays well below it. */
export const maxDuration = 300;

/** Where the step engine calls in. Requests are signed; the SDK refuses the others. */
export const { GET, POST, PUT } = serve({ client: inngest, functions });
