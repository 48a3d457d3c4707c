import { allowRequest, limitUser, note } from "@/app/_server/access";
import { viewerId } from "@/lib/accounts/viewer";
import { bringFile, bringFileSchema } from "@/lib/files/bring-file";
import { readBody, refuseForeignOrigin, respond } from "../respond";

/** Makes room for a file: its bytes are sent to its own address, slice by slice. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "files.bring");
    await limitUser(viewer, "connect");
    const file = await bringFile(await readBody(request, bringFileSchema), viewerId(viewer));
    await note({ viewer, deed: "file.brought", subject: file.id });
    return file;
  }, 201);
}
