import { allowRequest, note } from "@/app/_server/access";
import { pauseImport, pauseSchema } from "@/lib/imports/pause-import";
import { readBody, refuseForeignOrigin, respond } from "../../../respond";

/** `{ "letGo": true }` lets the source's snapshot go; without a body it is held on. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.run");
    const { id } = await params;
    const { letGo } = await readBody(request, pauseSchema, true);
    const pause = await pauseImport({ id, letGo });
    await note({ viewer, deed: "import.paused", subject: id });
    return { id, ...pause };
  }, 202);
}
