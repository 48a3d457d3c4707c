import { allowRequest, limitUser, note } from "@/app/_server/access";
import { hasGiven } from "@/lib/imports/give-passwords";
import { retryImport, retrySchema } from "@/lib/imports/retry-import";
import { readBody, refuseForeignOrigin, respond } from "../../../respond";

/**
 * `{ "all": true }` reads everything again; without a body it goes on with what is not done yet. `source` and `target` are
 * connection strings, for a retry after their passwords were forgotten.
 */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.run");
    const { id } = await params;
    const input = await readBody(request, retrySchema, true);
    if (hasGiven(input)) await limitUser(viewer, "connect");
    await retryImport({ id, ...input });
    if (hasGiven(input)) await note({ viewer, deed: "import.passwords_given", subject: id });
    await note({ viewer, deed: "import.retried", subject: id, detail: input.all ? "everything" : undefined });
    return { id };
  }, 202);
}
