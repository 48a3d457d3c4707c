import { allowRequest } from "@/app/_server/access";
import { previewImport } from "@/lib/imports/preview-import";
import { respond } from "../../../respond";

/** What the import would leave out or alter, with the choices that its draft holds. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    await allowRequest(request, "imports.read");
    return previewImport({ id: (await params).id });
  });
}
