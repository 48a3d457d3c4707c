import { retryImport } from "@/lib/imports/retry-import";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const { id } = await params;
    await retryImport({ id });
    return { id };
  }, 202);
}
