import { expect, it } from "vitest";
import config from "./next.config";

it("keeps what server actions are called with out of the log of development", () => {
  expect(config.logging).toEqual({ serverFunctions: false });
});
