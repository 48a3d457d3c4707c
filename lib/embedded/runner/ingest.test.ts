import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventRefusal, readEvents, seededId } from "./ingest";
import { CLOUD_LIMITS } from "./tuning";

const NOW = Date.UTC(2030, 0, 1);
const SEED = `1743130137367,${Buffer.alloc(10, 7).toString("base64")}`;
const read = (content: unknown, seed?: string) => readEvents(JSON.stringify(content), seed, NOW, CLOUD_LIMITS);

describe("readEvents", () => {
  test("fills in what the sender left out", () => {
    const [event] = read({ name: "a/b" });
    expect(event?.internalId).toMatch(/^[0-9A-Z]{26}$/);
    expect(event?.body).toEqual({ id: event?.internalId, name: "a/b", data: {}, ts: NOW, user: {} });
  });

  test("keeps what the sender gave, but not what only the engine may say", () => {
    const [event] = read([
      { name: "a/b", id: "mine", ts: NOW - 5, data: { x: 1, _inngest: { fn_id: "other" } }, v: "1" },
    ]);
    expect(event?.body).toEqual({ id: "mine", name: "a/b", data: { x: 1 }, ts: NOW - 5, user: {}, v: "1" });
    expect(event?.internalId).not.toBe("mine");
  });

  test.each<[string, unknown, number]>([
    ["no event", null, 400],
    ["a text", "x", 400],
    ["no name", {}, 400],
    ["an empty name", { name: "" }, 400],
    ["a name with a zero byte", { name: "a\0b" }, 400],
    ["an endless name", { name: "x".repeat(513) }, 400],
    ["an id with a zero byte", { name: "a", id: "\0" }, 400],
    ["data that is no object", { name: "a", data: [1] }, 400],
    ["a reserved name", { name: "inngest/function.failed" }, 400],
    ["a time out of range", { name: "a", ts: 9e15 }, 400],
    ["too much", { name: "a", data: { text: "x".repeat(CLOUD_LIMITS.eventBytes) } }, 413],
    ["too many", Array.from({ length: 5_001 }, () => ({ name: "a" })), 400],
  ])("refuses %s", (_, content, status) => {
    expect(() => read(content)).toThrow(EventRefusal);
    expect(() => read(content)).toThrow(expect.objectContaining({ status }));
  });

  test("refuses what is not JSON", () => {
    expect(() => readEvents("{", undefined, NOW, CLOUD_LIMITS)).toThrow(EventRefusal);
  });
});

describe("seededId", () => {
  test("is the same for the same seed and place, and another for another", () => {
    expect(seededId(SEED, 0)).toBe(seededId(SEED, 0));
    const ids = Array.from({ length: 100 }, (_, index) => seededId(SEED, index));
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  test.each([undefined, "", "1", "x,y", `0x,${SEED.split(",")[1]}`, "1743130137367,short"])("%j is no seed", (seed) => {
    expect(seededId(seed, 0)).toBeNull();
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.string(), (seed) => void seededId(seed, 0)));
  });
});
