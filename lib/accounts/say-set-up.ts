import { messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import { setUpSecret } from "./derived-secrets";
import { hasOwner } from "./owner";

/** What the log says while there is no owner; null afterwards. */
export async function howToSetUp(): Promise<string | null> {
  if (await hasOwner()) return null;
  return `Ferry has no owner yet. Open /setup and give this set-up secret: ${setUpSecret()}`;
}

/** Beside the start of a server: it answers also while its database does not, and says so. */
export async function sayHowToSetUp(): Promise<void> {
  try {
    const line = await howToSetUp();
    if (line !== null) console.log(line);
  } catch (error) {
    console.error(redact(`Ferry cannot tell whether it has an owner: ${messageOf(error)}`));
  }
}
