import { knownSecrets } from "./known-secrets";

const MASK = "•••";

export function rememberSecret(secret: string | null | undefined): void {
  knownSecrets().remember(secret);
}

export function rememberSecrets(secrets: readonly string[]): void {
  for (const secret of secrets) rememberSecret(secret);
}

/** For as long as somebody uses them, which ends when the returned function is called. */
export const holdSecrets = (secrets: readonly string[]): (() => void) => knownSecrets().hold(secrets);

const NAME = "password|passwd|passphrase|pwd|secret|token|api[_-]?key";

/** A run without a blank; a double quote ends it only where a JSON string would end. */
const RUN = String.raw`(?:[^\s"\\]|\\[\s\S]|"(?![\s,:;}\])]|$))`;

/**
 * Up to the last `@`, since people paste passwords that should have been encoded; `user@server` is Azure's.
 * The length is bounded so that a long text takes linear time; the longest passwords are tokens of about 4 kB.
 */
const IN_URL = new RegExp(String.raw`\b([a-z][a-z0-9+.-]*:\/\/[^\s:/]*):${RUN}{0,8192}@`, "gi");

/** A whole URL that is itself the value of a parameter. */
const IN_ENCODED_URL = /(%3a%2f%2f(?:(?!%3a|%40)[^\s&])*%3a)[^\s&]*%40/gi;

/** In a query a value ends at the next `&`; in libpq's key=value it may hold one. */
const IN_QUERY = String.raw`([?&][\w.-]{0,40}?(?:${NAME})=)[^&\s"]*`;
const QUOTED = String.raw`'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|"(?:[^"\\]|\\[\s\S]|"")*(?:"|$)`;
const IN_PAIR = new RegExp(
  String.raw`${IN_QUERY}|((?:${NAME})(?:\s*=\s*|\s+(?=e?')))(?:e?(?:${QUOTED})|${RUN}+)`,
  "gi",
);

/** JSON, also JSON within JSON: the string ends at a quote with as many backslashes as it began with. */
const IN_OBJECT = new RegExp(String.raw`((?:${NAME})\\*["']?\s*:\s*)(\\*)(["'\x60])[\s\S]*?(?:(?<!\\)\2\3|$)`, "gi");

/** Second net under every text that leaves the process: the first is not to put a secret there. */
export function redact(text: string): string {
  let clean = text;
  for (const { pattern } of knownSecrets().longestFirst()) clean = clean.replace(pattern, MASK);
  return clean
    .replace(IN_URL, `$1:${MASK}@`)
    .replace(IN_ENCODED_URL, `$1${MASK}%40`)
    .replace(IN_PAIR, (_, query?: string, name?: string) => `${query ?? name}${MASK}`)
    .replace(IN_OBJECT, `$1$2$3${MASK}$2$3`);
}
