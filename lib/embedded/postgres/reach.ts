import type { Identity } from "./identity";

/** What permission checks need of one folder or file. */
export interface PathFacts {
  path: string;
  uid: number;
  gid: number;
  mode: number;
}

const EXECUTE = 0o1;
const READ = 0o4;

/** True when `identity` may walk down to the last of `chain` and, with `read`, also read that one. Pure. */
export function canReach(identity: Identity, chain: readonly PathFacts[], { read = false } = {}): boolean {
  return chain.every((facts, index) => {
    const wanted = read && index === chain.length - 1 ? EXECUTE | READ : EXECUTE;
    return (bitsFor(identity, facts) & wanted) === wanted;
  });
}

function bitsFor({ uid, gid }: Identity, facts: PathFacts): number {
  if (facts.uid === uid) return (facts.mode >> 6) & 0o7;
  if (facts.gid === gid) return (facts.mode >> 3) & 0o7;
  return facts.mode & 0o7;
}

/**
 * Where a server's files go: the wanted folder if the server's user can get there, and otherwise the one kept for
 * such cases (a clone under /root, say, which only root may enter). Pure.
 */
export function choosePlace(
  identity: Identity | null,
  wanted: { path: string; chain: readonly PathFacts[] },
  fallback: string,
): string {
  return identity === null || canReach(identity, wanted.chain) ? wanted.path : fallback;
}
