/** Numbers from 0 up to 1, as Math.random gives them, but the same ones for the same seed. */
export type Random = () => number;

/** mulberry32: a seed makes the same choices again, as far as the lanes' own pace lets it. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed of its own for the nth part of what a seed makes: one part is drawn again without the others. */
export const seedOf = (seed: number, part: number): number =>
  Math.floor(seeded((seed ^ Math.imul(part + 1, 0x9e3779b1)) | 0)() * 2 ** 31);

export const wholeBelow = (random: Random, limit: number): number => Math.floor(random() * limit);

export function pick<T>(random: Random, choices: readonly T[]): T {
  const chosen = choices[wholeBelow(random, choices.length)];
  if (chosen === undefined) throw new Error("There is nothing to choose from.");
  return chosen;
}
