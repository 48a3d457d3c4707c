import { getImport } from "@/lib/imports/get-import";
import { runChecks } from "@/lib/imports/run-checks";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const { id } = await params;
    await runChecks({ id });
    const { status, findings } = await getImport({ id });
    return { id, status, findings };
  });
}
