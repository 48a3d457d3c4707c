import { expect, it } from "vitest";
import { clientAddress } from "./client-address";
import { keysOf, LIMITS, MemoryRates, secondsToWait } from "./rate-limit";

it("counts each asker by itself, and in fixed windows", async () => {
  let now = 1_000_000_000_000;
  const store = new MemoryRates(() => now);
  const ask = (asker: Parameters<typeof keysOf>[1]) => secondsToWait(store, "login", asker);
  const { times, seconds } = LIMITS.login;
  for (let count = 0; count < times; count++) expect(await ask({ address: "192.0.2.1" })).toBeNull();
  const left = await ask({ address: "192.0.2.1" });
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(seconds);
  expect(await ask({ address: "192.0.2.2" })).toBeNull();
  // One that is full stands for all that are known of the asker.
  expect(await ask({ address: "192.0.2.1", user: "anna" })).not.toBeNull();
  expect(await ask({ user: "anna" })).toBeNull();
  now += seconds * 1_000;
  expect(await ask({ address: "192.0.2.1" })).toBeNull();
});

it("tells actions apart, keeps no name, and asks nothing for nobody", async () => {
  expect(keysOf("api", { address: "192.0.2.1" })).not.toEqual(keysOf("share", { address: "192.0.2.1" }));
  expect(keysOf("api", { address: "a", user: "b" }).join()).not.toMatch(/[ab]\b.*\n/);
  expect(keysOf("api", { address: null, user: undefined })).toEqual([]);
  expect(await secondsToWait(new MemoryRates(), "api", { address: null })).toBeNull();
});

it("forgets the oldest of very many", async () => {
  const store = new MemoryRates();
  for (let each = 0; each < 11_000; each++) await store.count([`key ${each}`], 1_000);
  expect((await store.count(["key 10999"], 1_000)).highest).toBe(2);
  expect((await store.count(["key 0"], 1_000)).highest).toBe(1);
});

it.each([
  ["203.0.113.9", 1, "203.0.113.9"],
  ["10.9.9.9, 203.0.113.9", 1, "203.0.113.9"],
  ["1.1.1.1, 203.0.113.9, 10.0.0.1", 2, "203.0.113.9"],
  ["203.0.113.9", 3, "203.0.113.9"],
  ["203.0.113.9:4711", 1, "203.0.113.9"],
  ["::ffff:203.0.113.9", 1, "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", 1, "2001:db8:1:2::/64"],
  ["[2001:db8:1:2::9]:443", 1, "2001:db8:1:2::/64"],
  ["anything", 1, null],
  ["", 1, null],
  [null, 1, null],
])("reads who is behind %j and %i proxies", (forwarded, proxies, address) => {
  expect(clientAddress(forwarded, proxies)).toBe(address);
});
