import { allowRequest } from "@/app/_server/access";
import { getReport } from "@/lib/imports/get-report";
import { readNumber } from "../../../../report-request";
import { respond } from "../../../../respond";

interface Context {
  params: Promise<{ id: string; number: string }>;
}

/** The whole report, in the form that /api/report-schema tells. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    await allowRequest(request, "imports.read");
    const { id, number } = await params;
    const { report, statement } = await getReport({ id, number: readNumber(number) });
    return { ...report, statement };
  });
}
