import { connectionUrl } from "@/lib/postgres/connection-url";
import { openCredential } from "./credentials";

/** The target's connection string with its password: made only when somebody who may asks for it. */
export async function revealTarget({ id }: { id: string }): Promise<{ url: string }> {
  return { url: connectionUrl(await openCredential(id, "target")) };
}
