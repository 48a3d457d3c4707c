import { allowRequest, limitUser, note } from "@/app/_server/access";
import { personOf } from "@/lib/accounts/viewer";
import { chooseTarget } from "@/lib/imports/choose-target";
import { getImport } from "@/lib/imports/get-import";
import { targetChoiceSchema } from "@/lib/imports/target-choice";
import { type OnCategory, respondWithChecks } from "../../../checks-stream";
import { readBody, refuseForeignOrigin } from "../../../respond";

interface Place {
  params: Promise<{ id: string }>;
}

/** Where a draft is to land. Answers with what the checks of both ends found, as `check` does. */
export function POST(request: Request, { params }: Place): Promise<Response> | Response {
  return respondWithChecks(request, async (onCategory?: OnCategory) => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.change");
    await limitUser(viewer, "connect");
    const { id } = await params;
    const target = await readBody(request, targetChoiceSchema);
    await chooseTarget({ id, target, by: personOf(viewer), onCategory });
    await note({ viewer, deed: "import.target_chosen", subject: id });
    const { status, findings } = await getImport({ id });
    return { id, status, findings };
  });
}
