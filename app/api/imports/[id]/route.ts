import { allowRequest } from "@/app/_server/access";
import { getImport } from "@/lib/imports/get-import";
import { respond } from "../../respond";

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    await allowRequest(request, "imports.read");
    return getImport({ id: (await params).id });
  });
}
