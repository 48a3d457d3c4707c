import type { PolicyTarget } from "./context";

/** Since version 15 only a superuser may keep a value for a setting that no loaded module defines. */
const CUSTOM_RESTRICTED_FROM = 150_000;
/** Switched on when a source was frozen for its move. */
const REFUSES_WRITES = "default_transaction_read_only";

/** Why the target would not take a setting of a routine or a database, or null where it would. */
export function settingRefusal(setting: string, target: PolicyTarget): string | null {
  const name = setting.toLowerCase();
  if (name === REFUSES_WRITES) return `setting ${setting} is left out: the target would refuse writes`;
  if (isKnown(name, target)) return null;
  if (!name.includes(".")) return `setting ${setting} is left out: the target does not know it`;
  return target.isSuperuser || target.versionNumber < CUSTOM_RESTRICTED_FROM
    ? null
    : `setting ${setting} is left out: on the target only a superuser may keep one of its own`;
}

const isKnown = (name: string, { settings }: PolicyTarget): boolean =>
  settings === null ? !name.includes(".") : settings.some((known) => known.toLowerCase() === name);
