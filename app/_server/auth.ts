import { nextCookies } from "better-auth/next-js";
import { type Auth, createAuth } from "@/lib/accounts/auth";

let made: Auth | undefined;

/** Made at first use, since `next build` runs without an environment; its cookies are those of the request under way. */
export function auth(): Auth {
  made ??= createAuth([nextCookies()]);
  return made;
}
