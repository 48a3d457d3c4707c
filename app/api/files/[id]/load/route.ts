import { allowRequest } from "@/app/_server/access";
import { readAgain } from "@/lib/files/bring-file";
import { fileOptionsSchema } from "@/lib/files/file-options";
import { readBody, refuseForeignOrigin, respond } from "../../../respond";

type Context = { params: Promise<{ id: string }> };

/** Has a file read once more, as the body says. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    await allowRequest(request, "files.bring");
    const { id } = await params;
    return readAgain({ id, options: await readBody(request, fileOptionsSchema, true) });
  });
}
