import { allowRequest, note } from "@/app/_server/access";
import { retryImport, retrySchema } from "@/lib/imports/retry-import";
import { readBody, refuseForeignOrigin, respond } from "../../../respond";

/** `{ "all": true }` reads everything again; without a body it goes on with what is not done yet. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.run");
    const { id } = await params;
    const { all } = await readBody(request, retrySchema, true);
    await retryImport({ id, all });
    await note({ viewer, deed: "import.retried", subject: id, detail: all ? "everything" : undefined });
    return { id };
  }, 202);
}
