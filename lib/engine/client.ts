import { format } from "node:util";
import { ConsoleLogger, Inngest, type LogArg, type Logger } from "inngest";

export const APP_ID = "ferry";

let write: ((text: string) => void) | null = null;
const onConsole = new ConsoleLogger();

/** The SDK tells of each error with its stack. A command has its terminal for people, and keeps that elsewhere. */
export function keepEngineLog(line: (text: string) => void): void {
  write = line;
}

const at =
  (level: keyof Logger) =>
  (...args: LogArg[]): void => {
    if (!write) onConsole[level](...args);
    else if (level !== "debug") write(`${level} ${format(...args)}`);
  };

/** Reads INNGEST_BASE_URL, INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY: the cloud, a self-hosted engine, or the embedded one. */
export const engine = new Inngest({
  id: APP_ID,
  logger: { info: at("info"), warn: at("warn"), error: at("error"), debug: at("debug") },
});
