import { noteDeed } from "@/lib/accounts/audit";
import { findUser } from "@/lib/accounts/find-user";
import { offerReset } from "@/lib/accounts/invites";
import { NOBODY } from "@/lib/accounts/viewer";
import { messageOf } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";

/** For an owner who has lost the password: whoever has DATABASE_URL and FERRY_KEYS may do anything anyhow. */
const [email = ""] = process.argv.slice(2);
try {
  const user = await findUser(email);
  if (!user) throw new Error(`Nobody signs in as ${email || "nobody: give the e-mail address"}.`);
  const { token } = await offerReset({ userId: user.id, by: "command" });
  await noteDeed({ viewer: NOBODY, deed: "reset.made", subject: user.id, detail: "by the command" });
  console.log(`Open this path of Ferry within 24 hours, once: /reset/${token}`);
  process.exit(0);
} catch (error) {
  console.error(redact(messageOf(error)));
  process.exit(1);
}
