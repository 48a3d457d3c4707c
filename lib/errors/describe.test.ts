import { describe, expect, it } from "vitest";
import { dispositionOf, explain, toStored } from "./describe";
import { FerryError, rootOf } from "./ferry-error";

describe("an error that is kept", () => {
  it("is its code and context", () => {
    const error = new FerryError("copy.row_count_mismatch", { subject: "public.orders", sent: 2, received: 1 });
    expect(toStored(error)).toEqual({
      code: "copy.row_count_mismatch",
      context: { subject: "public.orders", sent: 2, received: 1 },
    });
  });

  it.each([
    ["an Error", new Error("boom"), "boom"],
    ["a text", "boom", "boom"],
    ["what a library wrapped", new Error("Failed query: insert … params: x", { cause: new Error("boom") }), "boom"],
    ["wrapped twice", new Error("a", { cause: new Error("b", { cause: new Error("boom") }) }), "boom"],
  ])("is internal when it is %s", (_name, error, reason) => {
    expect(toStored(error)).toEqual({ code: "internal", context: { reason } });
  });
});

describe("what happens next", () => {
  it.each([
    [new FerryError("connect.refused"), "retry"],
    [new FerryError("copy.refused"), "wait"],
    [new FerryError("check.blocked"), "never"],
    [new Error("nobody foresaw this"), "wait"],
    ["not even an error", "wait"],
  ])("%s", (error, disposition) => {
    expect(dispositionOf(error)).toBe(disposition);
  });
});

describe("what is safe", () => {
  it.each([
    ["connect.refused", { side: "source", host: "h" }, false, "Nothing was changed on either side."],
    ["connect.refused", { side: "source", host: "h" }, true, "The source was only read; nothing was changed there."],
    ["connect.lost", {}, true, "The source was only read; nothing was changed there."],
    ["copy.refused", { subject: "t" }, false, "The source was only read; nothing was changed there."],
    ["connection_string.invalid", { reason: "it is empty" }, false, "Nothing was changed on either side."],
  ] as const)("%s %j, begun: %s", (code, context, begun, unharmed) => {
    expect(explain({ code, context }, begun).unharmed).toBe(unharmed);
  });
});

describe("the root of an error", () => {
  it("is Ferry's own error where there is one, whatever caused that", () => {
    const own = new FerryError("connect.lost", {}, { cause: new Error("ECONNRESET") });
    expect(rootOf(own)).toBe(own);
    expect(rootOf(new Error("wrapped", { cause: own }))).toBe(own);
  });

  it("is the error itself where its cause is none", () => {
    const plain = new Error("x", { cause: "a text" });
    expect(rootOf(plain)).toBe(plain);
    expect(rootOf(null)).toBeNull();
  });
});
