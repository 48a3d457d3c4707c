"use server";

import { cookies } from "next/headers";
import { readTheme, THEME_COOKIE } from "./theme";

const YEAR_SECONDS = 365 * 24 * 3_600;

/** Stored in a cookie so that the server can write the theme into the first byte of the page. */
export async function setTheme(value: string): Promise<void> {
  const theme = readTheme(value);
  const jar = await cookies();
  if (theme === "system") jar.delete(THEME_COOKIE);
  else jar.set(THEME_COOKIE, theme, { maxAge: YEAR_SECONDS, sameSite: "lax", path: "/", httpOnly: true });
}
