import type { LookupAddress } from "node:dns";
import { describe, expect, it } from "vitest";
import { AddressRefused, makeGuard } from "./address-guard";
import { addressKind } from "./address-kind";
import { parseAllowList } from "./allow-list";

const strict = makeGuard(parseAllowList(""));

/** Where a socket would go: as one asks, an address at once and anything else by the system's own resolver. */
async function whereTo(guard: typeof strict, host: string): Promise<string[]> {
  guard.check(host);
  return new Promise((resolve, reject) => {
    guard.lookup(host, { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve((found as LookupAddress[]).map(({ address }) => address));
    });
  });
}

const LOOPBACK = `
  127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 017700000001 0x7f000001 0x7F.1 0177.0.0.1 0x7f.0.0.0x1 127.0x0.1
  ::1 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::1%lo ::ffff:127.0.0.1 ::FFFF:7f00:1 0:0:0:0:0:ffff:127.0.0.1
  ::ffff:7f00:0001 64:ff9b::127.0.0.1 64:ff9b::7f00:1 localhost LOCALHOST`;
const PRIVATE = `
  10.0.0.1 10.255.255.255 012.0.0.1 0xa.1 167772161 172.16.0.1 172.31.255.255 192.168.0.1 0300.0250.1 3232235521
  ::ffff:10.0.0.1 ::ffff:c0a8:1 64:ff9b::192.168.0.1 fc00::1 fd12:3456:789a::1 FD00::1 fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff`;
const CASES: [string, string][] = [
  ["loopback", LOOPBACK],
  ["private", PRIVATE],
  [
    "metadata-service",
    "169.254.169.254 0xa9fea9fe 2852039166 ::ffff:a9fe:a9fe fd00:ec2::254 168.63.129.16 100.100.100.200",
  ],
  ["link-local", "169.254.0.1 169.254.255.255 fe80::1 fe80::1%eth0 febf::1 ::ffff:169.254.1.1"],
  ["carrier-grade NAT", "100.64.0.1 100.127.255.255 1681915905 ::ffff:100.64.0.1"],
  ["benchmark", "198.18.0.1 198.19.255.255 2001:2::1"],
  ["documentation", "192.0.2.1 198.51.100.1 203.0.113.255 2001:db8::1 3fff::1"],
  ["multicast", "224.0.0.1 239.255.255.255 ff02::1 ff0e::1"],
  ["unspecified", "0.0.0.0 0 0x0 0.0.0.1 :: ::0 ::ffff:0.0.0.0"],
  ["reserved", "240.0.0.1 255.255.255.255 192.0.0.1 192.88.99.1 ::7f00:1 ::127.0.0.1 ::ffff:0:127.0.0.1 2002:7f00:1::"],
  ["reserved", "2001::7f00:1 2001:0:4136:e378:8000:63bf:3fff:fdd2 64:ff9b:1::7f00:1 100::1 fec0::1 4000::1 5f00::1"],
];
const spellings = CASES.flatMap(([kind, hosts]) =>
  hosts
    .trim()
    .split(/\s+/)
    .map((host) => [host, kind] as const),
);

it("knows at least 60 spellings", () => {
  expect(new Set(spellings.map(([host]) => host)).size).toBeGreaterThanOrEqual(60);
});

it.each(spellings)("refuses %s as %s", async (host, kind) => {
  const error = await whereTo(strict, host).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AddressRefused);
  expect(error).toMatchObject({ kind });
});

// No resolver knows them, or what it answers is refused: either way no socket is opened.
it.each([
  "127.0.0.1.",
  "[::1]",
  "127.0.0.1%25",
  "0127.0.0.1.",
  "127。0。0。1",
  "①②⑦.0.0.1",
  " 127.0.0.1",
  "localhost.",
  "2130706433.",
])("comes nowhere with %j", async (host) => {
  await expect(whereTo(strict, host)).rejects.toThrow();
});

it.each(["/var/run/postgresql", "/tmp", "@abstract"])("refuses the socket %s", (host) => {
  expect(() => strict.check(host)).toThrow(AddressRefused);
});

it.each([
  "1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.255.255 169.255.0.0",
  "172.15.255.255 172.32.0.0 192.0.1.1 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255",
  "2606:4700::1111 2a00:1450:4001::1 2001:200::1 2600:1f18::1 ::ffff:1.1.1.1 64:ff9b::1.1.1.1 2001:4860:4860::8888",
])("lets through what is on the internet: %s", (addresses) => {
  for (const address of addresses.split(" ")) expect([address, addressKind(address)]).toEqual([address, null]);
});

describe("a port", () => {
  const listed = makeGuard(parseAllowList("db.internal, 10.1.0.0/16"));
  const kindOf = (guard: typeof strict, host: string, port?: number) => {
    try {
      guard.check(host, port);
    } catch (error) {
      return (error as AddressRefused).kind;
    }
  };

  it.each([0, 1, 22, 25, 53, 80, 443, 1023])("%i is none of Postgres's", (port) => {
    for (const host of ["1.1.1.1", "db.example", "2606:4700::1111"]) expect(kindOf(strict, host, port)).toBe("port");
    expect(kindOf(listed, "not-db.internal", port)).toBe("port");
    expect(kindOf(listed, "DB.Internal.", port)).toBeUndefined();
    expect(kindOf(listed, "10.1.2.3", port)).toBeUndefined();
  });

  it("from 1024 on may be one, and is not judged where a web server is asked", () => {
    for (const port of [1024, 5432, 25_060, 65_535]) expect(kindOf(strict, "db.example", port)).toBeUndefined();
    expect(kindOf(strict, "hooks.example")).toBeUndefined();
    expect(kindOf(strict, "127.0.0.1", 25)).toBe("loopback");
  });
});

describe("of what a name resolves to", () => {
  const answering = (...addresses: string[]) =>
    makeGuard(parseAllowList("db.internal, 10.1.0.0/16"), (_host, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      ),
    );

  it("only what may be met is met", async () => {
    const guard = answering("10.0.0.5", "1.1.1.1", "::1", "2606:4700::1111");
    expect(await whereTo(guard, "mixed.example")).toEqual(["1.1.1.1", "2606:4700::1111"]);
    await expect(whereTo(answering("10.0.0.5", "::1"), "inner.example")).rejects.toMatchObject({ kind: "private" });
    await expect(whereTo(answering(), "empty.example")).rejects.toThrow(AddressRefused);
  });

  it("what is allowed is met, by its address or its name", async () => {
    expect(await whereTo(answering("10.1.2.3"), "any.example")).toEqual(["10.1.2.3"]);
    expect(await whereTo(answering("::ffff:10.1.2.3"), "any.example")).toEqual(["::ffff:10.1.2.3"]);
    expect(await whereTo(answering("127.0.0.1"), "DB.Internal.")).toEqual(["127.0.0.1"]);
    await expect(whereTo(answering("127.0.0.1"), "not-db.internal")).rejects.toThrow(AddressRefused);
    await expect(whereTo(answering("127.0.0.1"), "db.internal.evil.example")).rejects.toThrow(AddressRefused);
  });

  it("a caller who wants one gets the first that may be met", () => {
    answering("127.0.0.1", "1.1.1.1").lookup("mixed.example", { all: false }, (error, address, family) => {
      expect([error, address, family]).toEqual([null, "1.1.1.1", 4]);
    });
  });
});

it.each([
  "10.0.0.0/33",
  "10.0.0.0/8/8",
  "10.0.0",
  "256.1.1.1",
  "*.internal",
  "db internal",
  "fe80::1%eth0",
  "-x",
  "a..b",
])("does not guess what %j allows", (text) => {
  expect(() => parseAllowList(text)).toThrow("is neither an address");
});
