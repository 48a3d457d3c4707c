import { getSharedImport } from "@/lib/imports/get-shared-import";
import { streamView } from "../../../live/stream";

export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  return streamView(request, `share:${token}`, () => getSharedImport({ token }));
}
