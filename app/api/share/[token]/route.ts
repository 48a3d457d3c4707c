import { getSharedImport } from "@/lib/imports/get-shared-import";
import { respond } from "../../respond";

export function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return respond(async () => getSharedImport({ token: (await params).token }));
}
