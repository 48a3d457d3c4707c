import { FerryError } from "@/lib/errors/ferry-error";

const FORMS = ["json", "markdown", "statement"] as const;
export type ReportForm = (typeof FORMS)[number];

/** A verification's number: 0 is the import's own. */
export function readNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new FerryError("input.invalid", { reason: "a report has a number" });
  return Number(text);
}

export function readForm(word: string): ReportForm {
  const form = FORMS.find((one) => one === word);
  if (!form) throw new FerryError("input.invalid", { reason: `a report comes as ${FORMS.join(", ")}` });
  return form;
}

/** A file by a name that holds nothing that a header could not. */
export const download = (name: string, type: string, body: string): Response =>
  new Response(body, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
