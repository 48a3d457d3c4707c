import { allowRequest } from "@/app/_server/access";
import { getImport } from "@/lib/imports/get-import";
import { streamView } from "../../../live/stream";
import { respondError } from "../../../respond";

/** Whoever is refused later notices at the next connection: a stream lasts minutes. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    await allowRequest(request, "imports.read");
  } catch (error) {
    return respondError(error);
  }
  const { id } = await params;
  return streamView(request, `import:${id}`, () => getImport({ id }));
}
