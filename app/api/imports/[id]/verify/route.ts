import { verifyAgain, verifyAgainSchema } from "@/lib/imports/verify-again";
import { readBody, refuseForeignOrigin, respond } from "../../../respond";

/** Compares both sides as they are now; answers with the number that the report will have. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const { source } = await readBody(request, verifyAgainSchema);
    return verifyAgain({ id: (await params).id, source });
  }, 202);
}
