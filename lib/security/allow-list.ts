import { type BlockList, isIP, isIPv4 } from "node:net";
import { listOf, plainAddress } from "./address-kind";

/** What may be connected to although it is nobody's on the internet, or behind a port that is no Postgres's. */
export interface AllowList {
  ranges: BlockList;
  names: ReadonlySet<string>;
}

const NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/** Addresses, ranges and names of hosts, separated by commas. Throws at what is none of these, so that nothing is guessed. */
export function parseAllowList(text: string): AllowList {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const names = entries.filter((entry) => rangeOf(entry) === null).map(plainName);
  const wrong = names.find((name) => !NAME.test(name) || /^[\d.]+$/.test(name));
  if (wrong !== undefined)
    throw new Error(`${wrong} is neither an address, nor a range of them, nor the name of a host`);
  return { ranges: listOf(entries.flatMap((entry) => rangeOf(entry) ?? [])), names: new Set(names) };
}

function rangeOf(entry: string): string | null {
  const [network = "", length, ...more] = entry.split("/");
  const bits = isIPv4(network) ? 32 : 128;
  if (isIP(network) === 0 || network.includes("%") || more.length > 0) return null;
  if (length === undefined) return `${network}/${bits}`;
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? entry : null;
}

/** As names are compared: in one case, and without the dot that ends a whole one. */
const plainName = (name: string) => name.toLowerCase().replace(/\.$/, "");

export const allowsName = ({ names }: AllowList, host: string): boolean => names.has(plainName(host));

export function allowsAddress({ ranges }: AllowList, literal: string): boolean {
  const address = plainAddress(literal);
  return ranges.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
