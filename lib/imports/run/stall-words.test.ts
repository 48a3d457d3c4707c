import { describe, expect, it } from "vitest";
import { type Blocker, type SessionSeen, type SideSeen, stallInWords } from "./stall-words";

const session = (more: Partial<SessionSeen> = {}): SessionSeen => ({
  state: "active",
  waitType: null,
  waitEvent: null,
  blockers: [],
  ...more,
});
const client = (waitEvent: string) => session({ waitType: "Client", waitEvent });
const psql: Blocker = { pid: 4711, name: "psql", state: "idle in transaction", seconds: 40 };
const words = (source: SideSeen, target: SideSeen, copies = true) =>
  stallInWords({ subject: "public.orders", seconds: 12, copies, source, target });

describe("a unit without progress", () => {
  it.each<[string, SideSeen, SideSeen, boolean, string | null]>([
    [
      "locked out on the target",
      client("ClientWrite"),
      session({ waitType: "Lock", waitEvent: "relation", blockers: [psql] }),
      true,
      "public.orders waits on the target for a lock held by psql (pid 4711, idle in transaction for 40 s).",
    ],
    [
      "locked out on the source",
      session({ waitType: "Lock", waitEvent: "relation", blockers: [{ ...psql, name: "", state: "active" }] }),
      client("ClientRead"),
      true,
      "public.orders waits on the source for a lock held by a session without a name (pid 4711, active).",
    ],
    [
      "behind a session of which this role may know nothing",
      null,
      session({ blockers: [{ pid: 9, name: null, state: null, seconds: null }] }),
      false,
      "public.orders waits on the target for a lock held by a session without a name (pid 9).",
    ],
    [
      "behind many",
      null,
      session({ blockers: [psql, psql, psql, psql, { ...psql, pid: 0 }] }),
      false,
      `public.orders waits on the target for a lock held by ${Array(3).fill("psql (pid 4711, idle in transaction for 40 s)").join(", ")} and 2 more.`,
    ],
    [
      "behind a prepared transaction",
      null,
      session({ blockers: [{ ...psql, pid: 0 }, psql] }),
      false,
      "public.orders waits on the target for a lock held by a prepared transaction and psql (pid 4711, idle in transaction for 40 s).",
    ],
    [
      "whose target takes nothing",
      client("ClientWrite"),
      session({ waitType: "IO", waitEvent: "DataFileExtend" }),
      true,
      "public.orders has not moved for 12 seconds: the source's session waits for its rows to be taken, the target's waits for IO DataFileExtend.",
    ],
    [
      "whose source sends nothing",
      session(),
      client("ClientRead"),
      true,
      "public.orders has not moved for 12 seconds: the source's session is at work, the target's waits for rows.",
    ],
    [
      "whose session has gone",
      null,
      client("ClientRead"),
      true,
      "public.orders has not moved for 12 seconds: the source knows no session of its lane any more.",
    ],
    [
      "whose source cannot be asked",
      { unasked: "The source server did not answer in 3 seconds." },
      client("ClientRead"),
      true,
      "public.orders has not moved for 12 seconds, and the source could not be asked why: The source server did not answer in 3 seconds.",
    ],
    ["that is an index at work", null, session({ waitType: "IO", waitEvent: "DataFileRead" }), false, null],
    ["that is a statement nobody can be asked about", null, { unasked: "It failed." }, false, null],
  ])("%s", (_name, source, target, copies, sentence) => {
    expect(words(source, target, copies)).toBe(sentence);
  });
});
