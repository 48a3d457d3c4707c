import { startImport } from "@/lib/imports/start-import";
import { doOnce } from "@/lib/requests/idempotency";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const { id } = await params;
    const repeatable = { key: request.headers.get("idempotency-key"), scope: "", content: `start\n${id}` };
    return doOnce(repeatable, async () => {
      await startImport({ id });
      return { id };
    });
  }, 202);
}
