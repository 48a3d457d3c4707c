import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { formatPercent } from "../format";
import { statusWord } from "../status-word";

/** What the browser's tab says: how far, or how it ended. */
export function pageTitle({ status, name, progress }: Pick<ImportView, "status" | "name" | "progress">): string {
  const state = hasEnded(status) || status === "paused" ? statusWord(status) : formatPercent(progress.fraction);
  return `${state} · ${name} · Ferry`;
}
