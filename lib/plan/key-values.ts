import type { KeyType, TableKey } from "@/lib/source/table-keys";
import type { KeyRange } from "./unit";

const DAY_MS = 86_400_000;
/** Years of four digits: what is further off (BC, infinity) is left to the open ends. */
const DATE = /^([1-9]\d{3})-(\d\d)-(\d\d)$/;
const TIME = /^([1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?$/;
const OFFSET = /([+-])(\d\d):?(\d\d)?$/;

/** A key's value as a number in the order of the server, or null where it is not between the open ends. */
export function keyNumber(type: KeyType, text: string): bigint | null {
  switch (type) {
    case "int2":
    case "int4":
    case "int8":
      return /^-?\d+$/.test(text) ? BigInt(text) : null;
    case "uuid":
      return /^[0-9a-f]{32}$/i.test(text.replaceAll("-", "")) ? BigInt(`0x${text.replaceAll("-", "")}`) : null;
    case "date": {
      const dayMs = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
      return Number.isNaN(dayMs) ? null : BigInt(dayMs / DAY_MS);
    }
    case "timestamp":
      return microseconds(text);
    case "timestamptz": {
      const offset = OFFSET.exec(text);
      const local = microseconds(text.replace(OFFSET, ""));
      if (!offset || local === null) return null;
      const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
      return local - BigInt(offset[1] === "-" ? -minutes : minutes) * 60_000_000n;
    }
  }
}

function microseconds(text: string): bigint | null {
  const match = TIME.exec(text);
  const secondMs = match ? Date.parse(`${match[1]}Z`) : Number.NaN;
  return Number.isNaN(secondMs) ? null : BigInt(secondMs) * 1000n + BigInt((match?.[2] ?? "").padEnd(6, "0"));
}

/** The other way round: a text that the server reads alike under every setting. */
export function keyText(type: KeyType, number: bigint): string {
  switch (type) {
    case "int2":
    case "int4":
    case "int8":
      return number.toString();
    case "uuid":
      return number
        .toString(16)
        .padStart(32, "0")
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    case "date":
      return new Date(Number(number) * DAY_MS).toISOString().slice(0, 10);
    case "timestamp":
    case "timestamptz": {
      const rest = ((number % 1_000_000n) + 1_000_000n) % 1_000_000n;
      const second = new Date(Number((number - rest) / 1000n)).toISOString().slice(0, 19);
      return `${second}.${rest.toString().padStart(6, "0")}${type === "timestamptz" ? "+00:00" : ""}`;
    }
  }
}

/** Known values in order, each once: statistics are not to be trusted with either. */
function numbersOf({ type, bounds }: Pick<TableKey, "type" | "bounds">): bigint[] {
  const numbers = bounds.map((bound) => keyNumber(type, bound)).filter((number) => number !== null);
  return [...new Set(numbers)].sort((left, right) => (left < right ? -1 : 1));
}

/**
 * About `count` ranges with as many rows each, as far as the bounds tell. They lie side by side and both ends are
 * open, so that every row is in exactly one, whatever the bounds are.
 */
export function keyRanges(key: TableKey, count: number): KeyRange[] {
  const known = numbersOf(key);
  const cuts = Array.from({ length: Math.max(0, count - 1) }, (_, index) => {
    const position = ((index + 1) * (known.length - 1)) / count;
    const [below, above] = [known[Math.floor(position)], known[Math.ceil(position)]];
    if (below === undefined || above === undefined) return null;
    // Upwards, so that two values next to each other are told apart.
    const millionths = BigInt(Math.round((position % 1) * 1_000_000));
    return below + ((above - below) * millionths + 999_999n) / 1_000_000n;
  });
  const edges = [...new Set(cuts.filter((cut) => cut !== null && cut !== known[0]))].map((cut) =>
    keyText(key.type, cut as bigint),
  );
  const { column, type } = key;
  return [null, ...edges].map((from, index) => ({ column, type, from, to: edges[index] ?? null }));
}

/** A value that leaves rows on both sides of it, or null when all have one value: the middle known one, else the middle. */
export function keyMiddle(key: TableKey, least: string, most: string): string | null {
  const [from, to] = [keyNumber(key.type, least), keyNumber(key.type, most)];
  if (from === null || to === null || to <= from) return null;
  const between = numbersOf(key).filter((number) => number > from && number <= to);
  return keyText(key.type, between[Math.floor(between.length / 2)] ?? from + (to - from + 1n) / 2n);
}
