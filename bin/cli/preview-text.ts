import type { SchemaPreview } from "@/lib/imports/run/preview-schema";
import { groupNotes, type ObjectNote } from "@/lib/plan/left-out";
import { NEON_EXTENSIONS_AS_OF } from "@/lib/preflight/data/neon-extensions";

const SHOWN = 10;

const FORESEEN = `\nThe project is not there yet, so extensions go by Neon's list of ${NEON_EXTENSIONS_AS_OF}.\n`;

/** What will happen to objects, grouped by the reason, as lines for a terminal. */
export function previewText({ isAsked, blocked, leftOut, altered }: SchemaPreview): string {
  return [
    ...(isAsked ? [] : [FORESEEN]),
    ...section("Stops the import", blocked),
    ...section("Left out", leftOut),
    ...section("Arrives altered, or where the target allows it", altered),
  ].join("");
}

function section(title: string, notes: readonly ObjectNote[]): string[] {
  if (notes.length === 0) return [];
  const groups = groupNotes(notes).map(({ reason, objects }) => {
    const shown = objects.slice(0, SHOWN).map((object) => `    ${object}\n`);
    const more = objects.length > SHOWN ? `    and ${objects.length - SHOWN} more\n` : "";
    return `  ${reason}\n${shown.join("")}${more}`;
  });
  return [`\n${title} (${notes.length}):\n`, ...groups];
}
