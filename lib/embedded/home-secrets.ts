import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as z from "zod";
import { newKeyringText } from "@/lib/security/keyring";
import { readPrivateJson, writePrivateJson } from "./private-json";

const secretsSchema = z.object({
  /** FERRY_KEYS: seals what is stored of credentials. */
  keys: z.string(),
  /** Bare hexadecimal of even length, which Inngest's own server asks for too. */
  signingKey: z.string(),
  eventKey: z.string(),
  metadataPassword: z.string(),
  importerPassword: z.string(),
  demoPassword: z.string(),
  /** Of the role that makes databases of files. */
  filesPassword: z.string(),
  /** For the stand-in of Neon's API. */
  neonApiKey: z.string(),
});

export type Secrets = z.infer<typeof secretsSchema>;

const word = () => randomBytes(24).toString("base64url");

/** The secrets of a home, made at its first start. Losing them means losing what they sealed: they stay. */
export async function homeSecrets(homePath: string): Promise<Secrets> {
  const path = join(homePath, "secrets.json");
  const kept = await readPrivateJson(path, secretsSchema.partial());
  const secrets: Secrets = {
    keys: newKeyringText(),
    signingKey: randomBytes(32).toString("hex"),
    eventKey: word(),
    metadataPassword: word(),
    importerPassword: word(),
    demoPassword: word(),
    filesPassword: word(),
    neonApiKey: word(),
    ...kept,
  };
  if (Object.keys(kept ?? {}).length < Object.keys(secrets).length) await writePrivateJson(path, secrets);
  return secrets;
}
