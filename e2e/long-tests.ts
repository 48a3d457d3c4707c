/** Asked for by FERRY_LONG_TESTS: what takes long, and is mostly shown by something shorter too. */
export const LONG_TESTS = Boolean(process.env.FERRY_LONG_TESTS);
