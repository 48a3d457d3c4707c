import { resumeImport } from "@/lib/imports/resume-import";
import { refuseForeignOrigin, respond } from "../../../respond";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const { id } = await params;
    await resumeImport({ id });
    return { id };
  }, 202);
}
