import { packageDir, serverPackage } from "@/lib/embedded/postgres";

export const VERSIONS = [10, 11, 12, 13, 14, 15, 16, 17, 18] as const;

export type Version = (typeof VERSIONS)[number];

/** From here npm packages are looked for: 17 and 18 are the project's own, the others are installed beside this file. */
export const SERVERS_FROM = import.meta.url;

/** False where npm has no server of that version for this platform: 10 to 14 exist for Linux on x64 only. */
export function isAvailable(version: Version): boolean {
  return packageDir(serverPackage(version), SERVERS_FROM) !== null;
}
