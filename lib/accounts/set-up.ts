import * as z from "zod";
import { database } from "@/lib/db/client";
import { FerryError } from "@/lib/errors/ferry-error";
import { isSetUpSecret } from "./derived-secrets";
import { hasOwner } from "./owner";
import { emailSchema, insertUser, nameSchema, passwordSchema } from "./users";

export const setUpSchema = z.object({
  secret: z.string().max(100),
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
});

/**
 * The first user. A stranger who comes first lacks the secret; of two who have it, the index on owners lets one through.
 */
export async function setUp(input: z.infer<typeof setUpSchema>): Promise<{ id: string }> {
  if (!isSetUpSecret(input.secret)) throw new FerryError("set_up.wrong_secret");
  if (await hasOwner()) throw new FerryError("set_up.done");
  try {
    return await database().transaction((tx) => insertUser(tx, { ...input, role: "owner" }));
  } catch (error) {
    if (!(error instanceof FerryError) && (await hasOwner())) throw new FerryError("set_up.done", {}, { cause: error });
    throw error;
  }
}
