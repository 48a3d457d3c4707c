import { allowRequest, note } from "@/app/_server/access";
import { resumeImport } from "@/lib/imports/resume-import";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.run");
    const { id } = await params;
    await resumeImport({ id });
    await note({ viewer, deed: "import.resumed", subject: id });
    return { id };
  }, 202);
}
