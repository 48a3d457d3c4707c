import { BlockList, isIPv4, isIPv6 } from "node:net";

/** What an address is that is nobody's on the internet. */
export type AddressKind =
  | "loopback"
  | "private"
  | "link-local"
  | "metadata-service"
  | "carrier-grade NAT"
  | "benchmark"
  | "documentation"
  | "multicast"
  | "unspecified"
  | "reserved";

type Ranges = readonly (readonly [AddressKind, readonly string[]])[];

/** IANA's registries of special-purpose addresses, as of 2026, and what clouds answer at. The first that fits names it. */
const V4: Ranges = [
  ["metadata-service", ["169.254.169.254/32", "169.254.170.2/32", "168.63.129.16/32", "100.100.100.200/32"]],
  ["unspecified", ["0.0.0.0/8"]],
  ["loopback", ["127.0.0.0/8"]],
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]],
  ["link-local", ["169.254.0.0/16"]],
  ["carrier-grade NAT", ["100.64.0.0/10"]],
  ["benchmark", ["198.18.0.0/15"]],
  ["documentation", ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"]],
  ["multicast", ["224.0.0.0/4"]],
  ["reserved", ["192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4"]],
];

const V6: Ranges = [
  ["metadata-service", ["fd00:ec2::254/128", "fd20:ce::254/128"]],
  ["unspecified", ["::/128"]],
  ["loopback", ["::1/128"]],
  ["private", ["fc00::/7"]],
  ["link-local", ["fe80::/10"]],
  ["benchmark", ["2001:2::/48"]],
  ["documentation", ["2001:db8::/32", "3fff::/20"]],
  ["multicast", ["ff00::/8"]],
  // Teredo and other protocols' own, and 6to4: they carry an IPv4 address, and no server is there any more.
  ["reserved", ["2001::/23", "2002::/16"]],
];

/** All of IPv6 that is given out; what is not listed above and not in here is reserved. */
const GIVEN_OUT = ["2000::/3"];

/** These carry an IPv4 address that is meant: as sockets write it, and as NAT64 translates it. */
const CARRIES_V4 = ["::ffff:0:0", "64:ff9b::"].map((prefix) => groupsOf(prefix).slice(0, 6).join());

export function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", length] = range.split("/");
    list.addSubnet(network, Number(length), isIPv4(network) ? "ipv4" : "ipv6");
  }
  return list;
}

const listed = (ranges: Ranges) => ranges.map(([kind, some]) => ({ kind, list: listOf(some) }));
const v4Lists = listed(V4);
const v6Lists = listed(V6);
const givenOut = listOf(GIVEN_OUT);

/** Of a literal address; null for one on the internet. A name is none, nor is another spelling: resolve it first. */
export function addressKind(literal: string): AddressKind | null {
  const address = plainAddress(literal);
  if (isIPv4(address)) return v4Lists.find(({ list }) => list.check(address, "ipv4"))?.kind ?? null;
  if (!isIPv6(address)) return "reserved";
  const found = v6Lists.find(({ list }) => list.check(address, "ipv6"))?.kind;
  return found ?? (givenOut.check(address, "ipv6") ? null : "reserved");
}

/** Without its zone, and as IPv4 where it only carries one. */
export function plainAddress(literal: string): string {
  const address = literal.replace(/%.*$/, "");
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  if (!CARRIES_V4.includes(groups.slice(0, 6).join())) return address;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight numbers of an IPv6 address. */
export function groupsOf(address: string): number[] {
  const colons = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [before = "", after] = colons.split("::").map((part) => (part === "" ? [] : part.split(":")));
  const ends = [...before, ...(after ?? [])].map((group) => Number.parseInt(group, 16));
  return after === undefined ? ends : ends.toSpliced(before.length, 0, ...Array(8 - ends.length).fill(0));
}
