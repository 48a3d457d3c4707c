import type { ImportSummary } from "@/lib/imports/view";

/** What waits for its start is in the wizard, also when the gate sent it back and its checks now pass. */
export function importAddress({ id, status, startedAt }: Pick<ImportSummary, "id" | "status" | "startedAt">): string {
  const isOpen = status === "draft" || (status === "blocked" && startedAt === null);
  return isOpen ? `/new?step=checks&import=${id}` : `/imports/${id}`;
}
