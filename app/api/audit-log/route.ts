import { allowRequest } from "@/app/_server/access";
import { listDeeds } from "@/lib/accounts/audit";
import { respond } from "../respond";

/** Who did what, newest first; `?before=` goes on from there. For whoever keeps it longer than Ferry does. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    await allowRequest(request, "audit.read");
    return listDeeds({ before: new URL(request.url).searchParams.get("before") ?? undefined });
  });
}
