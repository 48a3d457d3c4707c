import { allowRequest, note } from "@/app/_server/access";
import { shareImport } from "@/lib/imports/share-import";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.share");
    const { id } = await params;
    const { token } = await shareImport({ id });
    await note({ viewer, deed: "import.shared", subject: id });
    return { token, path: `/share/${token}` };
  }, 201);
}
