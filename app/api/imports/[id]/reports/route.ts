import { allowRequest } from "@/app/_server/access";
import { listReports } from "@/lib/imports/list-reports";
import { respond } from "../../../respond";

/** The verifications of an import: its own, and later ones. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    await allowRequest(request, "imports.read");
    return listReports({ id: (await params).id });
  });
}
