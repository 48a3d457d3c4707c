import * as z from "zod";

/** An event as functions see it. */
export interface EventBody {
  id: string;
  name: string;
  data: Record<string, unknown>;
  ts: number;
  [more: string]: unknown;
}

/** An error as it travels between app, steps, events and the run's record. */
export interface RunError {
  name: string;
  message: string;
  stack?: string;
  [more: string]: unknown;
}

export type Memo = { data: unknown } | { error: RunError };

const concurrencyRule = z.object({
  limit: z.number(),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});
export type ConcurrencyRule = z.infer<typeof concurrencyRule>;

const trigger = z.object({
  event: z.string().optional(),
  expression: z.string().optional(),
  cron: z.string().optional(),
});
export type Trigger = z.infer<typeof trigger>;

/** Options of a function that change when it runs, which this runner does not know. */
export const UNKNOWN_OPTIONS = [
  "batchEvents",
  "rateLimit",
  "throttle",
  "debounce",
  "singleton",
  "timeouts",
  "priority",
] as const;

const functionConfig = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(trigger),
  steps: z.record(z.string(), z.looseObject({ retries: z.object({ attempts: z.number().optional() }).optional() })),
  idempotency: z.string().optional(),
  cancel: z
    .array(z.object({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .optional(),
  concurrency: z.union([z.number(), concurrencyRule, z.array(concurrencyRule).max(2)]).optional(),
});
export type FunctionConfig = z.infer<typeof functionConfig>;

/** What an app answers to a sync, or sends by itself to /fn/register. */
export const registration = z.looseObject({ functions: z.array(functionConfig).min(1) });

export const operation = z.looseObject({
  op: z.string(),
  id: z.string().min(1),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z.looseObject({ parallelMode: z.string().nullish() }).nullish(),
});
/** One thing a function asks for or reports. */
export type Operation = z.infer<typeof operation>;

/** What people read; Postgres' text has no place for a zero byte. */
export function nameOf({ displayName, name }: Operation): string | null {
  return (displayName ?? name)?.replaceAll("\0", "") ?? null;
}

/** A race goes on as soon as any of its steps is recorded. */
export function isRace({ opts }: Operation): boolean {
  return opts?.parallelMode === "race";
}

/** Inngest counts retries, its users read attempts: one more. */
const DEFAULT_RETRIES = 4;

export function maxAttemptsOf(config: FunctionConfig, mostRetries: number): number {
  const asked = Object.values(config.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES;
  return Math.min(Math.max(asked, 0), mostRetries) + 1;
}

export function concurrencyRulesOf(config: FunctionConfig): ConcurrencyRule[] {
  const { concurrency } = config;
  if (concurrency === undefined) return [];
  if (typeof concurrency === "number") return [{ limit: concurrency }];
  return Array.isArray(concurrency) ? concurrency : [concurrency];
}

/** The error in any JSON an app may have answered with. */
export function toRunError(value: unknown, fallback: string): RunError {
  if (typeof value === "string" && value !== "") return { name: "Error", message: value };
  const { name, message, error, ...more } = (value ?? {}) as Record<string, unknown>;
  const text = [message, error].find((candidate) => typeof candidate === "string" && candidate !== "");
  return {
    ...(typeof value === "object" && !Array.isArray(value) ? more : {}),
    name: typeof name === "string" && name !== "" ? name : "Error",
    message: typeof text === "string" ? text : fallback,
  };
}
