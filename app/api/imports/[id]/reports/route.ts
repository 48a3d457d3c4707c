import { listReports } from "@/lib/imports/list-reports";
import { respond } from "../../../respond";

/** The verifications of an import: its own, and later ones. */
export function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => listReports({ id: (await params).id }));
}
