import { allowRequest, note } from "@/app/_server/access";
import { getImport } from "@/lib/imports/get-import";
import { runChecks } from "@/lib/imports/run-checks";
import { type OnCategory, respondWithChecks } from "../../../checks-stream";
import { refuseForeignOrigin } from "../../../respond";

interface Place {
  params: Promise<{ id: string }>;
}

export function POST(request: Request, { params }: Place): Promise<Response> | Response {
  return respondWithChecks(request, async (onCategory?: OnCategory) => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.change");
    const { id } = await params;
    await runChecks({ id, onCategory });
    await note({ viewer, deed: "import.checked", subject: id });
    const { status, findings } = await getImport({ id });
    return { id, status, findings };
  });
}
