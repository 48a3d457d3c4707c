/** A session that stands in the way of another, as far as the server tells this role. */
export interface Blocker {
  /** 0 for a prepared transaction, which has no session. */
  pid: number;
  name: string | null;
  state: string | null;
  seconds: number | null;
}

/** What a server says of the lane's session there. */
export interface SessionSeen {
  state: string | null;
  waitType: string | null;
  waitEvent: string | null;
  blockers: Blocker[];
}

/** Null where the lane has no session there, and the reason where the server could not be asked. */
export type SideSeen = SessionSeen | { unasked: string } | null;

export interface Stall {
  subject: string;
  seconds: number;
  /** A copy must move; a statement may be at work for hours without a sign. */
  copies: boolean;
  source: SideSeen;
  target: SideSeen;
}

const MOST_NAMED = 3;

/** What a unit without progress waits for, in one sentence, or null when nothing is in its way. Pure. */
export function stallInWords({ subject, seconds, copies, ...sides }: Stall): string | null {
  const both = [
    { side: "target", seen: sides.target },
    { side: "source", seen: sides.source },
  ];
  for (const { side, seen } of both) {
    if (seen && "blockers" in seen && seen.blockers.length > 0) {
      return `${subject} waits on the ${side} for a lock held by ${blockersInWords(seen.blockers)}.`;
    }
  }
  if (!copies) return null;
  const still = `${subject} has not moved for ${seconds} seconds`;
  for (const { side, seen } of both) {
    if (!seen) return `${still}: the ${side} knows no session of its lane any more.`;
    if ("unasked" in seen) return `${still}, and the ${side} could not be asked why: ${seen.unasked}`;
  }
  return `${still}: the source's session ${doing(sides.source)}, the target's ${doing(sides.target)}.`;
}

function blockersInWords(blockers: Blocker[]): string {
  const named = blockers.slice(0, MOST_NAMED).map(({ pid, name, state, seconds }) => {
    if (pid === 0) return "a prepared transaction";
    const since = state && seconds !== null && state !== "active" ? `${state} for ${seconds} s` : state;
    return `${name || "a session without a name"} (${[`pid ${pid}`, since].filter(Boolean).join(", ")})`;
  });
  const more = blockers.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(" and ");
}

function doing(seen: SideSeen): string {
  if (!seen || "unasked" in seen) return "is unknown";
  const { state, waitType, waitEvent } = seen;
  if (state === "idle in transaction") return "waits for a statement";
  if (waitType === null) return "is at work";
  if (waitEvent === "ClientWrite") return "waits for its rows to be taken";
  if (waitEvent === "ClientRead") return "waits for rows";
  return waitType === "Lock" ? "waits for a lock" : `waits for ${waitType} ${waitEvent ?? ""}`.trimEnd();
}
