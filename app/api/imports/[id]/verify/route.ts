import { allowRequest, limitUser, note } from "@/app/_server/access";
import { verifyAgain, verifyAgainSchema } from "@/lib/imports/verify-again";
import { readBody, refuseForeignOrigin, respond } from "../../../respond";

/** Compares both sides as they are now; answers with the number that the report will have. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.run");
    await limitUser(viewer, "connect");
    const { source } = await readBody(request, verifyAgainSchema);
    const { id } = await params;
    const asked = await verifyAgain({ id, source });
    await note({ viewer, deed: "import.verified_again", subject: id });
    return asked;
  }, 202);
}
