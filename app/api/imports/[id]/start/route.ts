import { startImport } from "@/lib/imports/start-import";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const { id } = await params;
    await startImport({ id });
    return { id };
  }, 202);
}
