import { ImageResponse } from "next/og";
import { getSharedImport } from "@/lib/imports/get-shared-import";
import { respondError } from "../../../respond";
import { CARD, cardPicture } from "./card-picture";

/** The picture that a chat shows beside a pasted link. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  try {
    const view = await getSharedImport({ token: (await params).token });
    return new ImageResponse(cardPicture(view), { ...CARD, headers: { "cache-control": "no-store" } });
  } catch (error) {
    return respondError(error);
  }
}
