import { getImport } from "@/lib/imports/get-import";
import { streamView } from "../../../live/stream";

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return streamView(request, `import:${id}`, () => getImport({ id }));
}
