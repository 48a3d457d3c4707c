/** Where somebody goes on after signing in: a place of this Ferry, whatever an address says. Pure. */
export function safePath(asked: string | string[] | undefined | null): string {
  if (typeof asked !== "string" || !/^\/(?![/\\])/.test(asked)) return "/";
  // A browser leaves out tabs and line ends, and "/\t/evil.example" would be another site.
  if (/[\p{Cc}\\]/u.test(asked)) return "/";
  return asked;
}
