import { allowRequest, note } from "@/app/_server/access";
import { setSpeedLimit, speedLimitSchema } from "@/lib/imports/set-speed-limit";
import { readBody, refuseForeignOrigin, respond } from "../../../respond";

/** `{ "maxMegabytesPerSecond": 20 }`, or null for none; also while the import runs. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.change");
    const { id } = await params;
    const { maxMegabytesPerSecond } = await readBody(request, speedLimitSchema);
    await setSpeedLimit({ id, maxMegabytesPerSecond });
    await note({ viewer, deed: "import.speed_limited", subject: id });
    return { id, maxMegabytesPerSecond };
  });
}
