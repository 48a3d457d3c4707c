import { expect, test } from "vitest";
import { type AskedChoices, type Choices, readChoices, writeChoices } from "./choices";

const draft: Choices = { lanes: 2, verify: "counts", owners: { mode: "none" }, largeObjects: false };

test.each<[AskedChoices, Partial<Choices>]>([
  [{}, {}],
  [
    { lanes: "8", verify: "checksums", owners: "keep" },
    { lanes: 8, verify: "checksums", owners: { mode: "keep" } },
  ],
  [{ lanes: "99", verify: "none" }, { verify: "none" }],
  [{ lanes: "many" }, {}],
  [{ lanes: "", verify: "", owners: "" }, {}],
  [{ lanes: "3", verify: "magic", owners: "mine" }, { lanes: 3 }],
  [{ owners: "map" }, {}],
  [{ largeObjects: "yes" }, { largeObjects: true }],
  [{ largeObjects: "no" }, {}],
  [{ largeObjects: "perhaps" }, {}],
])("the address %j chooses %j", (asked, choices) => {
  expect(readChoices(asked, draft)).toEqual({ ...draft, ...choices });
});

test.each([true, false])(
  "large objects as chosen (%s) come back from the address, whatever the draft has",
  (largeObjects) => {
    const asked = Object.fromEntries(new URLSearchParams(writeChoices({ ...draft, largeObjects })));
    expect(readChoices(asked, { ...draft, largeObjects: !largeObjects }).largeObjects).toBe(largeObjects);
  },
);

test("a map of roles stays with the draft until another way is chosen", () => {
  const mapped: Choices = { ...draft, owners: { mode: "map", roles: { ann: "bob" } } };
  expect(readChoices(Object.fromEntries(new URLSearchParams(writeChoices(mapped))), mapped)).toEqual(mapped);
  expect(readChoices({ owners: "none" }, mapped).owners).toEqual({ mode: "none" });
});
