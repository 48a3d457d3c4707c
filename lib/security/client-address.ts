import { isIP } from "node:net";
import { groupsOf, plainAddress } from "./address-kind";

/**
 * Who is at the other end, for counting. Each proxy adds the address that it was reached from at the end of
 * `x-forwarded-for`, so of the proxies that are the operator's own the first one's word counts; what stands before it
 * is what the client wrote itself. A network is given many IPv6 addresses: the first half of one is what tells them apart.
 */
export function clientAddress(forwardedFor: string | null, proxies = 1): string | null {
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  const last = hops.at(-proxies) ?? hops[0] ?? "";
  const address = plainAddress(last.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1"));
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : null;
  const network = groupsOf(address).slice(0, 4);
  return `${network.map((group) => group.toString(16)).join(":")}::/64`;
}
