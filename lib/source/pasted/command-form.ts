import { readPairs } from "./pairs-form";
import { assign, type Parts } from "./parts";

const VARIABLES: Record<string, string> = {
  PGHOST: "host",
  PGHOSTADDR: "hostaddr",
  PGPORT: "port",
  PGDATABASE: "dbname",
  PGUSER: "user",
  PGPASSWORD: "password",
  PGSSLMODE: "sslmode",
};
const PROGRAM = /(?:^|[\\/])(?:psql|pg_dump|pg_dumpall|pg_restore|pgcli)(?:\.exe)?$/;
const FLAGS: Record<string, string> = {
  "-h": "host",
  "--host": "host",
  "-p": "port",
  "--port": "port",
  "-U": "user",
  "--username": "user",
  "-d": "dbname",
  "--dbname": "dbname",
};
/** Flags of psql that take a value which says nothing about the connection. */
const OTHER_VALUES = new Set(["-c", "-f", "-F", "-L", "-o", "-P", "-R", "-T", "-v"]);
const OTHER_LONG_VALUES = new Set(["--command", "--file", "--output", "--set", "--variable", "--pset", "--log-file"]);

/** `PGHOST=…` lines, a `psql …` command with its flags, or both in one line; null where the text is neither. */
export function readCommand(text: string): Parts | null {
  const words = shellWords(text);
  const program = words.findIndex((word) => !word.includes("=") && PROGRAM.test(word));
  const parts: Parts = {};
  let variables = 0;
  for (const word of program < 0 ? words : words.slice(0, program)) {
    const [, name = "", value = ""] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (!Object.hasOwn(VARIABLES, name)) continue;
    variables += 1;
    assign(parts, VARIABLES[name] ?? "", value);
  }
  if (program < 0) return variables > 0 ? parts : null;
  readFlags(words.slice(program + 1), parts);
  return parts;
}

function readFlags(words: string[], parts: Parts): void {
  const places = ["dbname", "user"];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const [, long = "", attached] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const short = long === "" && /^-[A-Za-z]/.test(word) ? word.slice(0, 2) : "";
    const flag = long || short;
    const value = long ? attached : word.slice(2) || undefined;
    if (Object.hasOwn(FLAGS, flag)) {
      take(parts, FLAGS[flag] ?? "", value ?? words[++at] ?? "");
    } else if (OTHER_VALUES.has(flag) || OTHER_LONG_VALUES.has(flag)) {
      if (value === undefined) at += 1;
    } else if (flag === "") {
      take(parts, places.shift() ?? "", word);
    }
  }
}

/** Where a database is named, a whole `host=… user=…` may stand instead. */
function take(parts: Parts, name: string, value: string): void {
  if (name === "dbname" && /^\s*[a-z_]+\s*=/.test(value)) Object.assign(parts, readPairs(value));
  else assign(parts, name, value);
}

/** Words as a shell sees them; a backslash that escapes nothing stays, as in a `.env` file. */
function shellWords(text: string): string[] {
  const word = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\]|["'\\])+/gs;
  const piece = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\([\s"'\\$`;&|()<>!#*?])|([^"'\\]+|.)/gs;
  return [...text.replace(/\\\r?\n/g, " ").matchAll(word)].map(([whole]) =>
    [...whole.replace(/;$/, "").matchAll(piece)]
      .map(
        ([, double, single, escaped, bare]) => double?.replace(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? bare ?? "",
      )
      .join(""),
  );
}
