import { publicKeys } from "@/lib/imports/signing-key";
import { respond } from "../respond";

/** With what this Ferry signs its statements, newest first. */
export function GET(): Promise<Response> {
  return respond(async () => ({ algorithm: "ed25519", keys: await publicKeys() }));
}

export const dynamic = "force-dynamic";
