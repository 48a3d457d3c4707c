import fc from "fast-check";

/**
 * The same examples in every run, so that a change is judged by what it changed. New ones are looked for on purpose:
 * `FERRY_SEED=random`, or the seed that a failed run printed.
 */
const asked = process.env.FERRY_SEED;
if (asked !== "random") fc.configureGlobal({ seed: Number(asked ?? 20_260_101) });
