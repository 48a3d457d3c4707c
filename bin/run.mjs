import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const projectDir = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** Programs under way; they are in this process's group, but only a terminal signals the whole group. */
const running = new Set();
let interrupted = false;

/** Whether this process was asked to end while a program ran: then no other one is started. */
export const isInterrupted = () => interrupted;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    // Between two programs; later the server has listeners of its own.
    if (running.size === 0 && process.listenerCount(signal) === 1) process.exit(1);
    interrupted = true;
    for (const child of running) child.kill(signal);
  });
}

/**
 * Runs a program to its end. With `show` its words go to the terminal, otherwise they are returned.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, show?: boolean }} [options]
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function run(command, args, { env = {}, show = false } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? "inherit" : "pipe";
    const child = spawn(command, args, {
      cwd: projectDir,
      env: { ...process.env, ...env },
      stdio: ["ignore", stdio, stdio],
    });
    let output = "";
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    running.add(child);
    child.on("error", (error) => resolve({ code: null, output: error.message }));
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code, output });
    });
  });
}

/** The npm that runs this script, or the one on the path. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js") ? run(process.execPath, [cli, ...args], options) : run("npm", args, options);
}

export function lastLines(text, count = 30) {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

export const secondsSince = (start) => `${((performance.now() - start) / 1_000).toFixed(1)} s`;
