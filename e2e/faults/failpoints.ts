import { writeSync } from "node:fs";
import type { Socket } from "node:net";
import type { FailpointPlace, Strike } from "@/lib/failpoints";
import { FAILPOINTS, type Failpoint } from "@/lib/failpoints/names";

/**
 * What happens at a failpoint: an error that nobody foresaw, `kill -9`, a session that breaks, or a process that stands
 * still (until somebody sends it SIGCONT) while others take it for dead.
 */
export const ACTIONS = ["error", "kill", "reset", "hang"] as const;
export type Action = (typeof ACTIONS)[number];

export interface ArmedFailpoint {
  name: Failpoint;
  /** Only for units whose id is this, or begins with it and a colon, and moves of this name; null for all. */
  of: string | null;
  action: Action;
  /** It strikes once, when it is passed for the nth time. */
  nth: number;
}

const FORM = /^(?<name>[a-z.-]+)(?:\/(?<of>[a-z:0-9-]+))?=(?<action>[a-z]+)(?:@(?<nth>[1-9]\d{0,5}))?$/;

/** Reads `FERRY_FAILPOINTS`: `name=kill@2`, `name/copy=error`, or several with commas between. */
export function readFailpoints(text: string): ArmedFailpoint[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(readOne);
}

function readOne(part: string): ArmedFailpoint {
  const { name = "", of = null, action, nth = "1" } = FORM.exec(part)?.groups ?? {};
  const known = ACTIONS.find((one) => one === action);
  if (!known) throw new Error(`${part} is no failpoint with an action: name=${ACTIONS.join("|")}, and @n at will.`);
  if (!isFailpoint(name)) throw new Error(`There is no failpoint ${name}: they are in lib/failpoints/names.ts.`);
  return { name, of, action: known, nth: Number(nth) };
}

export const isFailpoint = (name: string): name is Failpoint => Object.hasOwn(FAILPOINTS, name);

export const failpointInWords = ({ name, of, action, nth }: ArmedFailpoint): string =>
  `${name}${of === null ? "" : `/${of}`}=${action}@${nth}`;

/** Counts have no beginning of their own: they are pieces of a comparison. */
const COUNT = /^verify:.*\/(?:source|target):\d/;

const isMeant = (armed: ArmedFailpoint, name: Failpoint, { of = "" }: FailpointPlace): boolean =>
  armed.name === name &&
  (armed.of === null || armed.of === of || of.startsWith(`${armed.of}:`) || (armed.of === "count" && COUNT.test(of)));

/** Strikes where it is told, and says so before. */
export function strikes(
  armed: ArmedFailpoint[],
  tell: (struck: ArmedFailpoint) => void,
  act: typeof actAt = actAt,
): Strike {
  const passed = armed.map(() => 0);
  return (name, place) => {
    const index = armed.findIndex((one, at) => isMeant(one, name, place) && passed[at] !== one.nth);
    const one = armed[index];
    if (!one) return undefined;
    passed[index] = (passed[index] ?? 0) + 1;
    if (passed[index] !== one.nth) return undefined;
    tell(one);
    return act(one, place);
  };
}

function actAt({ name, action }: ArmedFailpoint, { session }: FailpointPlace): Promise<void> | undefined {
  switch (action) {
    case "error":
      return Promise.reject(new Error(`failpoint ${name}`));
    case "kill":
      process.kill(process.pid, "SIGKILL");
      return undefined;
    case "hang":
      process.kill(process.pid, "SIGSTOP");
      return undefined;
    case "reset":
      if (!session) throw new Error(`There is no session to be reset at ${name}.`);
      (session as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
      return undefined;
  }
}

const MARK = "failpoint struck:";

/** Said at once, since the process may have no other moment. */
export const tellStruck = (struck: ArmedFailpoint): void => {
  writeSync(2, `${MARK} ${failpointInWords(struck)}\n`);
};

/** What an engine has told so. */
export const struckIn = (words: string): string[] =>
  words.split("\n").flatMap((line) => (line.startsWith(MARK) ? [line.slice(MARK.length).trim()] : []));
