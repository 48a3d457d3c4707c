import { getImport } from "@/lib/imports/get-import";
import { respond } from "../../respond";

export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => getImport({ id: (await params).id }));
}
