import { allowRequest } from "@/app/_server/access";
import { FerryError } from "@/lib/errors/ferry-error";
import { receiveSlice } from "@/lib/files/bring-file";
import { MOST_SLICE_BYTES } from "@/lib/requests/rules";
import { readBytes, refuseForeignOrigin, respond } from "../../../respond";

type Context = { params: Promise<{ id: string }> };

/** The bytes from `?offset=` on. The answer's `receivedBytes` says where to go on, whatever became of these. */
export function PUT(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    await allowRequest(request, "files.bring");
    const { id } = await params;
    const offset = Number(new URL(request.url).searchParams.get("offset") ?? "0");
    if (!Number.isSafeInteger(offset) || offset < 0)
      throw new FerryError("input.invalid", { reason: "the offset is not a whole number" });
    return receiveSlice({ id, offset, bytes: await readBytes(request, MOST_SLICE_BYTES) });
  });
}
