import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";

/** What is chosen on the last step; kept in the address so that reload and back lose nothing. */
export type Choices = Pick<ImportOptions, "lanes" | "verify" | "owners" | "largeObjects">;

export const choicesSchema = importOptionsSchema.pick({ lanes: true, verify: true, owners: true, largeObjects: true });

export type AskedChoices = Partial<Record<keyof Choices, string>>;

/** From an address, in which anything may stand. What cannot be read is as the draft has it. */
export function readChoices(asked: AskedChoices, draft: Choices): Choices {
  const { lanes, verify, owners } = choicesSchema.shape;
  const read = lanes.safeParse(Number(asked.lanes || Number.NaN));
  return {
    lanes: read.success ? read.data : draft.lanes,
    verify: verify.safeParse(asked.verify ?? draft.verify).data ?? draft.verify,
    // A map of roles stands in the draft: the address says only whether it is wanted.
    owners:
      asked.owners === undefined || asked.owners === draft.owners.mode
        ? draft.owners
        : (owners.safeParse({ mode: asked.owners }).data ?? draft.owners),
    largeObjects: asked.largeObjects === undefined ? draft.largeObjects : asked.largeObjects === "yes",
  };
}

export const writeChoices = ({ lanes, verify, owners, largeObjects }: Choices): string =>
  new URLSearchParams({
    ...{ lanes: String(lanes), owners: owners.mode },
    // A draft has a level: it was decided when the size of the source was known.
    ...(verify && { verify }),
    largeObjects: largeObjects ? "yes" : "no",
  }).toString();
