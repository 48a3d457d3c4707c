import { shareImport } from "@/lib/imports/share-import";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const { token } = await shareImport({ id: (await params).id });
    return { token, path: `/share/${token}` };
  }, 201);
}
