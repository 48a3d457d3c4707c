import { expect, it } from "vitest";
import { sizeWords } from "./size-words";

it.each([
  [0, "0 bytes"],
  [1, "1 bytes"],
  [1023, "1023 bytes"],
  [1024, "1.0 kB"],
  [1536, "1.5 kB"],
  [150 * 1024, "150 kB"],
  [1024 ** 2, "1.0 MB"],
  [1.4 * 1024 ** 3, "1.4 GB"],
  [2 * 1024 ** 4, "2.0 TB"],
  [5000 * 1024 ** 4, "5000 TB"],
])("%d is %s", (bytes, words) => expect(sizeWords(bytes)).toBe(words));
