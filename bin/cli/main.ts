import { explain, toStored } from "@/lib/errors/describe";
import type { LookedAt } from "@/lib/imports/create-import";
import { allowEveryAddress } from "@/lib/security/address-guard";
import { redact } from "@/lib/security/redact";
import { parseOnSide } from "@/lib/source/connection-string";
import { readCommand, USAGE, UsageError } from "./arguments";
import type { Engine } from "./engine";
import { needsFerry } from "./neon-arguments";
import { errorText, exitCodeOf, exitCodeOfError, exitCodes, failureReport, importReport } from "./report";
import { tell, tellJson } from "./terminal";

/** Everything between the arguments and the exit code. stdout is for documents, stderr for people. */
export async function main(args: string[]): Promise<number> {
  allowEveryAddress();
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 10) / 100;
  let engine: Engine | undefined;
  let json = false;
  try {
    const command = readCommand(args);
    if (command.name === "help") {
      process.stdout.write(USAGE);
      return exitCodes.success;
    }
    json = command.json;
    if (command.name === "check") {
      if (needsFerry(command.target)) engine = await startFerry();
      const { runCheck } = await import("./check-command");
      return await runCheck(command);
    }
    if (command.name === "verify" || command.name === "verify-statement") {
      const { checkStatement, runVerify } = await import("./proof-command");
      return command.name === "verify" ? await runVerify(command) : await checkStatement(command);
    }
    if (command.name === "report" || command.name === "public-key") {
      const { startEngine, startEngineOf } = await import("./engine");
      const isReport = command.name === "report";
      engine = isReport
        ? await startEngineOf(process.cwd(), command.reportOf)
        : await startEngine(process.cwd(), () => {});
      await engine.ready;
      const { showPublicKeys, showReport } = await import("./proof-command");
      return isReport ? await showReport(command) : await showPublicKeys(command);
    }
    if ("importId" in command) {
      const interrupted = interruptSignal();
      const { startEngineOf } = await import("./engine");
      engine = await startEngineOf(process.cwd(), command.importId);
      const { runControl } = await import("./control-command");
      const { view, code } = await runControl(command, engine, interrupted);
      if (json) tellJson(importReport(view, seconds()));
      return code;
    }
    // What cannot be read is said before anything is started.
    parseOnSide("source", command.source);
    if (typeof command.target === "string") parseOnSide("target", command.target);
    const interrupted = interruptSignal();
    const { startEngine } = await import("./engine");
    let looking: Promise<LookedAt> | undefined;
    const look = () => {
      looking ??= import("./import-command").then(({ lookAtBoth }) => lookAtBoth(command));
      looking.catch(() => {}); // Told when the import is to be kept.
      return looking;
    };
    // Whoever starts this has gone to the project's folder.
    engine = await startEngine(process.cwd(), needsFerry(command.target) ? () => {} : look);
    const { runImport } = await import("./import-command");
    const view = await runImport({ command, looking: look(), engineReady: engine.ready, interrupted });
    if (json) tellJson(importReport(view, seconds()));
    return exitCodeOf(view);
  } catch (error) {
    if (error instanceof UsageError) {
      tell(`${error.message}\n\n${USAGE}`);
      return exitCodes.usage;
    }
    const stored = explain(toStored(error));
    const explanation = { ...stored, what: redact(stored.what) };
    tell(errorText(explanation));
    if (json) tellJson(failureReport(explanation, seconds()));
    return exitCodeOfError(explanation);
  } finally {
    await engine?.stop();
  }
}

async function startFerry(): Promise<Engine> {
  const { startEngine } = await import("./engine");
  return startEngine(process.cwd(), () => {});
}

/** The first Ctrl-C cancels the import and lets everything end in order; the second one ends at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exitCodes.failed);
      controller.abort();
    });
  }
  return controller.signal;
}
