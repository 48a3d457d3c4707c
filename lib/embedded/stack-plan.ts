/** What `npm start` runs itself and what the environment says is elsewhere. */
export interface StackPlan {
  database: "embedded" | "given";
  engine: "embedded" | "given";
  /** Whose Neon projects: those on this machine, or those of an account that the environment names. */
  neon: "embedded" | "given";
  demo: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const ENGINE_VARIABLES = ["INNGEST_BASE_URL", "INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY", "INNGEST_DEV"];

/** Pure. A variable that is set, to anything, is the user's decision. */
export function planStack(environment: Environment): StackPlan {
  const database = environment.DATABASE_URL ? "given" : "embedded";
  const engine = ENGINE_VARIABLES.some((name) => environment[name]) ? "given" : "embedded";
  // With a database of their own people have a source of their own: there the demo is on request.
  const demo = environment.FERRY_DEMO ? environment.FERRY_DEMO !== "off" : database === "embedded";
  const neon = environment.FERRY_NEON_API_URL || environment.FERRY_NEON_API_KEY ? "given" : "embedded";
  return { database, engine, neon, demo };
}

/** What the parts of the stack offer each other. */
export interface StackFacts {
  keys: string;
  databaseUrl?: string;
  localTargetUrl?: string;
  demoSourceUrl?: string;
  files?: { url: string; folder: string };
  neon?: { url: string; apiKey: string; versions: readonly number[] };
  engine?: { url: string; eventKey: string; signingKey: string };
  workAtOnce?: number;
}

/** What the web process is given; a variable that the user set is left as it is. Pure. */
export function webEnvironment(environment: Environment, facts: StackFacts): Record<string, string> {
  const offered: Environment = {
    FERRY_MODE: "embedded",
    FERRY_ENGINE: facts.engine && "embedded",
    FERRY_KEYS: facts.keys,
    DATABASE_URL: facts.databaseUrl,
    FERRY_LOCAL_TARGET_URL: facts.localTargetUrl,
    FERRY_DEMO_SOURCE_URL: facts.demoSourceUrl,
    FERRY_FILES_DIR: facts.files?.folder,
    FERRY_FILES_URL: facts.files?.url,
    FERRY_NEON_API_URL: facts.neon?.url ?? environment.FERRY_NEON_API_URL,
    FERRY_NEON_API_KEY: facts.neon?.apiKey ?? environment.FERRY_NEON_API_KEY,
    FERRY_NEON_VERSIONS: facts.neon?.versions.join(","),
    FERRY_STEP_BUDGET_SECONDS: environment.FERRY_STEP_BUDGET_SECONDS,
    FERRY_WORK_AT_ONCE: facts.workAtOnce?.toString(),
    INNGEST_BASE_URL: facts.engine?.url,
    INNGEST_EVENT_KEY: facts.engine?.eventKey,
    INNGEST_SIGNING_KEY: facts.engine?.signingKey,
    // Hot reload would otherwise make the client look for Inngest's own development server.
    INNGEST_DEV: facts.engine ? "0" : undefined,
  };
  const names = Object.keys(offered);
  const entries = names.map((name) => [name, environment[name] || offered[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
