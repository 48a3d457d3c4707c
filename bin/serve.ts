import nextEnv from "@next/env";
import { type Home, homePath, openHome } from "@/lib/embedded/home";
import { waitUntilRunning } from "@/lib/embedded/home-running";
import { type Stack, type StackReport, startStack } from "@/lib/embedded/stack";
import { explain, toStored } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { redact } from "@/lib/security/redact";
import { asksForSignIn } from "@/lib/security/sign-in-mode";

/** Where whoever starts this has gone. */
const projectDir = process.cwd();
const PARENT_POLL_MS = 500;

const say = (line: string) => console.log(redact(line));

let home: Home | undefined;
let stack: Stack | undefined;
let stopping = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());
// After the terminal is gone there is nobody to write to.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

// npm that is killed passes nothing on, and its Ferry would go on unseen.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stopping || void stop(), PARENT_POLL_MS).unref();
}

async function stop(): Promise<void> {
  // Asked twice: the guards end what is still there.
  if (stopping) process.exit(1);
  stopping = true;
  try {
    await stack?.stop();
    await home?.release();
    say("Ferry has stopped.");
    process.exit(0);
  } catch (error) {
    complain(error);
    process.exit(1);
  }
}

async function serve(): Promise<void> {
  const mode = process.argv.includes("--dev") ? "development" : "production";
  nextEnv.loadEnvConfig(projectDir, mode === "development", { info: () => {}, error: console.error });
  const path = homePath(projectDir);
  const opened = await openHome(path);
  if ("heldBy" in opened) {
    const address = await waitUntilRunning(path);
    say(address ? `Ferry already runs here: ${address}` : `Ferry is being started or stopped here already.`);
    process.exit(address ? 0 : 1);
  }
  home = opened.home;
  stack = startStack({ projectDir, home, mode, environment: process.env, say });
  try {
    say(welcome(await stack.started));
    await sayHowToSetUpHere(await stack.started);
  } catch (error) {
    if (stopping) return;
    complain(error);
    await stack.stop();
    await home.release();
    process.exit(1);
  }
}

/** Where people sign in, and nobody can yet: to a hosted Ferry's log the same goes. */
async function sayHowToSetUpHere({ environment }: StackReport): Promise<void> {
  if (!asksForSignIn({ ...process.env, FERRY_MODE: "embedded" })) return;
  Object.assign(process.env, environment);
  const { sayHowToSetUp } = await import("@/lib/accounts/say-set-up");
  await sayHowToSetUp();
}

function welcome({ address, homePath: path, serversDir, plan }: StackReport): string {
  const lines = [
    ["Open", address],
    ["Data", serversDir && !serversDir.startsWith(path) ? `${path}, databases in ${serversDir}` : path],
    ...(plan.database === "given" ? [["Database", "the one of DATABASE_URL"]] : []),
    ...(plan.engine === "given" ? [["Steps", "run by the Inngest of your environment"]] : []),
    ["Stop", "Ctrl-C"],
  ];
  return `\nFerry is running.\n\n${lines.map(([name = "", text]) => `  ${name.padEnd(9)} ${text}`).join("\n")}\n`;
}

function complain(error: unknown): void {
  const { what, remedy } = explain(toStored(error));
  console.error(redact(error instanceof FerryError ? `${what}\n${remedy}` : what));
}

void serve();
