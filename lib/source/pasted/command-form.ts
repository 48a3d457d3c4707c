import { readPairs } from "./pairs-form";
import { assign } from "./parameters";
import { noParts, type Parts, type Place } from "./parts";
import { shellWords, type Word } from "./words";

/** libpq's variables, and those that Rails, Laravel, Docker, Elastic Beanstalk and many applications set. */
const VARIABLES: Record<string, string> = {
  PGHOST: "host",
  PGHOSTADDR: "hostaddr",
  PGPORT: "port",
  PGDATABASE: "dbname",
  PGUSER: "user",
  PGPASSWORD: "password",
  PGSSLMODE: "sslmode",
  PGREQUIRESSL: "requiressl",
  PGSSLROOTCERT: "sslrootcert",
  PGSSLCERT: "sslcert",
  PGSSLKEY: "sslkey",
  PGSSLSNI: "sslsni",
  PGSSLNEGOTIATION: "sslnegotiation",
  PGSSLMINPROTOCOLVERSION: "ssl_min_protocol_version",
  PGSSLMAXPROTOCOLVERSION: "ssl_max_protocol_version",
  PGCHANNELBINDING: "channel_binding",
  PGTARGETSESSIONATTRS: "target_session_attrs",
  PGOPTIONS: "options",
  PGCONNECT_TIMEOUT: "connect_timeout",
  PGGSSENCMODE: "gssencmode",
  PGAPPNAME: "application_name",
  PGCLIENTENCODING: "client_encoding",
  PGPASSFILE: "passfile",
  PGSERVICE: "service",
  PGREQUIREAUTH: "require_auth",
  ...Object.fromEntries(
    ["DB", "POSTGRES", "POSTGRESQL", "DATABASE", "RDS"].flatMap((prefix) => [
      [`${prefix}_HOST`, "host"],
      [`${prefix}_HOSTNAME`, "host"],
      [`${prefix}_SERVER`, "host"],
      [`${prefix}_PORT`, "port"],
      [`${prefix}_DB`, "dbname"],
      [`${prefix}_DATABASE`, "dbname"],
      [`${prefix}_DB_NAME`, "dbname"],
      [`${prefix}_NAME`, "dbname"],
      [`${prefix}_USER`, "user"],
      [`${prefix}_USERNAME`, "user"],
      [`${prefix}_PASS`, "password"],
      [`${prefix}_PASSWORD`, "password"],
      [`${prefix}_SSLMODE`, "sslmode"],
    ]),
  ),
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
  const program = words.findIndex((word) => !word.text.includes("=") && PROGRAM.test(word.text));
  const parts = noParts();
  let variables = 0;
  for (const { text: word, place } of program < 0 ? words : words.slice(0, program)) {
    const [, name = "", value = ""] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (!Object.hasOwn(VARIABLES, name)) continue;
    variables += 1;
    assign(parts, VARIABLES[name] ?? "", value, { from: place.from + name.length + 1, to: place.to });
  }
  if (program < 0) return variables > 0 ? parts : null;
  readFlags(words.slice(program + 1), parts);
  return parts;
}

function readFlags(words: Word[], parts: Parts): void {
  const places = ["dbname", "user"];
  for (let at = 0; at < words.length; at += 1) {
    const { text: word = "", place } = words[at] ?? { text: "", place: { from: 0, to: 0 } };
    const [, long = "", attached] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const short = long === "" && /^-[A-Za-z]/.test(word) ? word.slice(0, 2) : "";
    const flag = long || short;
    const value = long ? attached : word.slice(2) || undefined;
    if (Object.hasOwn(FLAGS, flag)) {
      if (value !== undefined) take(parts, FLAGS[flag] ?? "", value, place);
      else {
        at += 1;
        take(parts, FLAGS[flag] ?? "", words[at]?.text ?? "", words[at]?.place ?? place);
      }
    } else if (OTHER_VALUES.has(flag) || OTHER_LONG_VALUES.has(flag)) {
      if (value === undefined) at += 1;
    } else if (flag === "") {
      const name = places.shift();
      if (name) take(parts, name, word, place);
    }
  }
}

/** Where a database is named, a whole `host=… user=…` may stand instead. */
function take(parts: Parts, name: string, value: string, place: Place): void {
  if (name !== "dbname" || !/^\s*[a-z_]+\s*=/.test(value)) {
    assign(parts, name, value, place);
    return;
  }
  const pairs = readPairs(value, place.from, place);
  Object.assign(parts.known, pairs.known);
  parts.notes.push(...pairs.notes);
}
