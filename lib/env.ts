import * as z from "zod";
import { parseAllowList } from "@/lib/security/allow-list";

/** A share of the platform's limit: what is left over is for connecting, recording and answering. */
const DEFAULT_STEP_BUDGET_SECONDS = 180;

/** Of the steps that work hard, where one machine does it all; others have no limit of ours. */
const workAtOnceVariable = z
  .union([z.literal("").transform(() => undefined), z.coerce.number().int().min(1)])
  .optional();

function isAllowList(text = ""): boolean {
  try {
    parseAllowList(text);
    return true;
  } catch {
    return false;
  }
}

const variables = z.object({
  DATABASE_URL: z.string().min(1),
  FERRY_KEYS: z.string().min(1),
  FERRY_MODE: z.enum(["embedded", "hosted"]).default("hosted"),
  /** Whose step engine it is; said by what starts the embedded one. */
  FERRY_ENGINE: z.enum(["embedded", "given"]).default("given"),
  FERRY_STEP_BUDGET_SECONDS: z.coerce.number().min(1).max(3_600).default(DEFAULT_STEP_BUDGET_SECONDS),
  FERRY_WORK_AT_ONCE: workAtOnceVariable,
  /** What a hosted Ferry may connect to besides the internet; `addressGuard` reads it. */
  FERRY_ALLOW_ADDRESSES: z.string().optional().refine(isAllowList),
  /** Proxies of the operator's own before this Ferry; the proxy reads it. */
  FERRY_PROXIES: z.union([z.literal(""), z.coerce.number().int().min(1).max(10)]).optional(),
  FERRY_DEMO_SOURCE_URL: z.string().optional(),
  FERRY_LOCAL_TARGET_URL: z.string().optional(),
  /** Where files are kept that somebody has brought, and who makes databases of them. */
  FERRY_FILES_DIR: z.string().optional(),
  FERRY_FILES_URL: z.string().optional(),
  /** The account that an embedded Ferry uses while nobody has given it another, and where Neon's API answers. */
  FERRY_NEON_API_KEY: z.string().optional(),
  FERRY_NEON_API_URL: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).optional(),
  /** The Postgres versions that this account may have; said by what answers Neon's API on this machine. */
  FERRY_NEON_VERSIONS: z.string().optional(),
  /** Told of every import that has ended. */
  FERRY_WEBHOOK_URL: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).optional(),
  FERRY_WEBHOOK_SECRET: z.string().optional(),
  /** Where people find this Ferry, e.g. https://ferry.example. */
  FERRY_URL: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).optional(),
  /** Whether people sign in: always where it is hosted; embedded only if asked. */
  FERRY_ACCOUNTS: z.union([z.literal(""), z.enum(["on", "off"])]).optional(),
  /** Whoever signs in through GitHub with this address, verified there, becomes the owner while there is none. */
  FERRY_OWNER_EMAIL: z.string().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  /** Of a GitHub Enterprise Server; without it github.com. */
  FERRY_GITHUB_URL: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).optional(),
  INNGEST_BASE_URL: z.string().optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
});

const schema = variables
  .refine((found) => !found.FERRY_WEBHOOK_URL || found.FERRY_WEBHOOK_SECRET, { path: ["FERRY_WEBHOOK_SECRET"] })
  // A hosted Ferry without a login would be anybody's.
  .refine((found) => found.FERRY_MODE === "embedded" || found.FERRY_ACCOUNTS !== "off", { path: ["FERRY_ACCOUNTS"] });

/** For the functions, which are made before the environment has to be complete; `env` complains of a wrong one. */
export const workAtOnce = (): number | undefined => workAtOnceVariable.safeParse(process.env.FERRY_WORK_AT_ONCE).data;

/** Neon's account as the environment has it; the command line asks before the environment has to be complete. */
export const neonVariables = (): { key: string | null; url: string | null; versions: number[] | null } => ({
  key: process.env.FERRY_NEON_API_KEY || null,
  url: process.env.FERRY_NEON_API_URL || null,
  versions: process.env.FERRY_NEON_VERSIONS?.split(",").map(Number) ?? null,
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** Read at first use, not at import: `next build` runs without any of these. */
export function env(): Env {
  if (!parsed) {
    const result = schema.safeParse(process.env);
    if (!result.success) {
      const names = result.error.issues.map((issue) => issue.path.join(".")).join(", ");
      throw new Error(`Environment not complete: ${names}. See .env.example.`);
    }
    parsed = result.data;
  }
  return parsed;
}
