import { allowRequest, note } from "@/app/_server/access";
import { viewerId } from "@/lib/accounts/viewer";
import { startImport } from "@/lib/imports/start-import";
import { doOnce } from "@/lib/requests/idempotency";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.run");
    const { id } = await params;
    const scope = viewerId(viewer) ?? "";
    const repeatable = { key: request.headers.get("idempotency-key"), scope, content: `start\n${id}` };
    return doOnce(repeatable, async () => {
      await startImport({ id });
      await note({ viewer, deed: "import.started", subject: id });
      return { id };
    });
  }, 202);
}
