import { noteDeed } from "@/lib/accounts/audit";
import { NOBODY } from "@/lib/accounts/viewer";
import { messageOf } from "@/lib/errors/ferry-error";
import { rotateKeys } from "@/lib/imports/rotate-keys";
import { redact } from "@/lib/security/redact";

/** After a new first key was put into FERRY_KEYS: seals everything under it. Needs DATABASE_URL and FERRY_KEYS. */
try {
  const { key, resealed, untouched } = await rotateKeys();
  await noteDeed({ viewer: NOBODY, deed: "keys.rotated", detail: `by the command: ${resealed} under ${key}` });
  console.log(
    `${resealed} sealed anew under ${key}; ${untouched} were already. The other keys may be taken out of FERRY_KEYS.`,
  );
  process.exit(0);
} catch (error) {
  console.error(redact(messageOf(error)));
  process.exit(1);
}
