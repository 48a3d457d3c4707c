/** What Inngest Cloud refuses. Sizes are those of the JSON that is stored. */
export interface Limits {
  steps: number;
  stepBytes: number;
  runBytes: number;
  eventBytes: number;
  eventsPerRequest: number;
  answerBytes: number;
  /** Above this the app fetches the steps itself, since serverless platforms bound request bodies. */
  inlineRequestBytes: number;
  retries: number;
  waitMs: number;
}

const MIB = 1024 * 1024;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const CLOUD_LIMITS: Limits = {
  steps: 1_000,
  stepBytes: 4 * MIB,
  runBytes: 32 * MIB,
  eventBytes: 256 * 1024,
  eventsPerRequest: 5_000,
  answerBytes: 8 * MIB,
  inlineRequestBytes: 4 * MIB - 1024,
  retries: 20,
  waitMs: 366 * DAY,
};

/** Times and sizes that tests shorten; the defaults are Inngest's where Inngest has one. */
export interface Tuning {
  /** A runner that has not renewed its lease for so long is taken for dead. */
  leaseMs: number;
  heartbeatMs: number;
  /** How late work left behind by another runner may be noticed. */
  pollMs: number;
  callTimeoutMs: number;
  concurrentCalls: number;
  poolSize: number;
  /** After the nth failed attempt; the last one repeats. */
  retryDelaysMs: readonly number[];
  retryJitterMs: number;
  /** While the app cannot be reached; the last one repeats. */
  unreachableDelaysMs: readonly number[];
  /** For so long an app that cannot be reached costs a call none of its attempts. */
  unreachablePatienceMs: number;
  registerDelaysMs: readonly number[];
  resyncMs: number;
  /** Finished runs are kept for so long. */
  historyMs: number;
  cleanMs: number;
  limits: Limits;
}

export const DEFAULT_TUNING: Tuning = {
  leaseMs: 30 * SECOND,
  heartbeatMs: 5 * SECOND,
  pollMs: SECOND,
  callTimeoutMs: 2 * HOUR,
  concurrentCalls: 500,
  poolSize: 8,
  retryDelaysMs: [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200].map((seconds) => seconds * SECOND),
  retryJitterMs: 30 * SECOND,
  unreachableDelaysMs: [200, 500, 1_000, 2_000, 5_000, 10_000],
  unreachablePatienceMs: 10 * MINUTE,
  registerDelaysMs: [100, 200, 500, 1_000, 2_000],
  resyncMs: 30 * SECOND,
  historyMs: 7 * DAY,
  cleanMs: 10 * MINUTE,
  limits: CLOUD_LIMITS,
};
