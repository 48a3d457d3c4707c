import { expect, test } from "vitest";
import { cardText } from "./card-text";

test.each([
  ["shop", "shop"],
  ["Größe & Maß", "Größe & Maß"],
  ["店", "A database"],
  ["shop 🚢", "A database"],
  ["a".repeat(26), "a".repeat(26)],
  ["a".repeat(27), `${"a".repeat(23)}...`],
])("%j is shown as %j", (name, shown) => {
  expect(cardText(name)).toBe(shown);
});
