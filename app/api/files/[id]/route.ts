import { allowRequest, note } from "@/app/_server/access";
import { removeFile, viewFile } from "@/lib/files/bring-file";
import { refuseForeignOrigin, respond } from "../../respond";

type Context = { params: Promise<{ id: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    await allowRequest(request, "files.bring");
    return viewFile(await params);
  });
}

export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "files.bring");
    const { id } = await params;
    await removeFile({ id });
    await note({ viewer, deed: "file.removed", subject: id });
    return {};
  });
}
