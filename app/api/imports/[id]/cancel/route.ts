import { allowRequest, note } from "@/app/_server/access";
import { cancelImport, cancelSchema } from "@/lib/imports/cancel-import";
import { readBody, refuseForeignOrigin, respond } from "../../../respond";

/** `{ "discard": true }` takes away what Ferry has made in the target; without a body it is kept. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.run");
    const { id } = await params;
    const { discard } = await readBody(request, cancelSchema, true);
    await cancelImport({ id, discard });
    await note({ viewer, deed: "import.cancelled", subject: id, detail: discard ? "and discarded" : undefined });
    return { id };
  }, 202);
}
