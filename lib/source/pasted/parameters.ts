import { invalid, type Key, type Part, type Parts, type Place } from "./parts";

/**
 * What becomes of a parameter: it is one of the parts, possibly in other words, or it is ignored or refused for a
 * reason. `weak` gives way to the part's own name.
 */
type Use =
  | { key: Key; weak?: boolean; read?: (value: string) => string | null }
  | { ignored: string; refusedWhen?: [RegExp, string] }
  | { refused: string };

const OWN_NAME = "Ferry names its sessions itself";
const OWN_ENCODING = "Ferry always speaks UTF-8";
const KEEPALIVE = "Ferry keeps its connections alive in its own way";
const POOL = "it is for the pool of an application";
const DRIVER = "it is for a driver that Ferry does not use";
const CHOSEN = "what is imported is chosen in the options of the import";
const GSS = "Ferry does not speak GSSAPI";
const FILE = "it names a file that Ferry cannot read";
const NEWER = "it asks for a protocol that Ferry does not speak";
const TRUE = /^(?:true|1|on|yes|t|require|required)$/i;

const tlsWord = (value: string): string | null => {
  if (TRUE.test(value)) return "require";
  return /^(?:allow|prefer|verify-ca|verify-full|no-verify|disable)$/.test(value) ? value : null;
};
/** .NET writes `VerifyFull`. */
const tlsMode = (value: string) => value.toLowerCase().replace(/^verify(?=ca$|full$)/, "verify-");
const lower = (value: string) => value.toLowerCase();

const SERVER_TYPES: Record<string, string> = {
  any: "any",
  primary: "primary",
  master: "primary",
  secondary: "standby",
  slave: "standby",
  preferSecondary: "prefer-standby",
  preferSlave: "prefer-standby",
};

/** Every parameter that is known, by the names under which libpq, JDBC, .NET, Prisma, Rails and Django know it. */
const PARAMETERS: readonly (readonly [string, Use])[] = [
  ["host server hostname", { key: "host" }],
  ["hostaddr", { key: "hostaddr" }],
  ["port", { key: "port" }],
  ["dbname database db name initial_catalog", { key: "database" }],
  ["user username user_id userid uid", { key: "user" }],
  ["password pwd psw pass", { key: "password" }],
  ["sslmode", { key: "sslmode", read: tlsMode }],
  ["ssl", { key: "sslmode", weak: true, read: tlsWord }],
  ["requiressl", { key: "sslmode", weak: true, read: (value) => (value === "1" ? "require" : null) }],
  [
    "sslfactory",
    { key: "sslmode", weak: true, read: (value) => (/NonValidatingFactory$/.test(value) ? "require" : null) },
  ],
  ["sslaccept", { key: "strict", read: (value) => (value === "strict" ? value : null) }],
  ["sslrootcert root_certificate", { key: "sslrootcert" }],
  ["sslcert ssl_certificate", { key: "sslcert" }],
  ["sslkey ssl_key", { key: "sslkey" }],
  ["sslpassword ssl_password", { key: "sslpassword" }],
  ["sslnegotiation", { key: "sslnegotiation", read: lower }],
  ["ssl_min_protocol_version", { key: "ssl_min_protocol_version" }],
  ["ssl_max_protocol_version", { key: "ssl_max_protocol_version" }],
  ["channel_binding", { key: "channel_binding", read: lower }],
  ["target_session_attrs target_session_attributes", { key: "target_session_attrs", read: lower }],
  ["targetServerType", { key: "target_session_attrs", weak: true, read: (value) => SERVER_TYPES[value] ?? value }],
  ["options", { key: "options" }],
  ["connect_timeout login_timeout", { key: "connect_timeout" }],
  ["timeout", { key: "connect_timeout", weak: true }],

  ["application_name fallback_application_name", { ignored: OWN_NAME }],
  ["client_encoding encoding charset", { ignored: OWN_ENCODING }],
  ["keepalives keepalives_idle keepalives_interval keepalives_count keepalive tcp_keepalive", { ignored: KEEPALIVE }],
  ["tcp_user_timeout socket_timeout tcp_keepalive_time tcp_keepalive_interval", { ignored: KEEPALIVE }],
  ["gssencmode", { ignored: GSS, refusedWhen: [/^require$/i, GSS] }],
  ["krbsrvname gsslib gssdelegation kerberos_service_name include_realm", { ignored: GSS }],
  ["sslcompression", { ignored: "TLS compression is not safe, and is gone from TLS 1.3" }],
  ["sslsni", { ignored: "Ferry always says which host it means, since many servers go by it" }],
  ["sslcertmode", { ignored: "a certificate is shown where one is given" }],
  ["sslkeylogfile", { ignored: "Ferry writes no keys to files" }],
  ["trust_server_certificate", { ignored: "sslmode says what is checked" }],
  ["sslcrl sslcrldir check_certificate_revocation", { refused: `${FILE}; leave it out` }],
  ["requirepeer", { ignored: "it is for sockets of the same machine" }],
  ["min_protocol_version", { ignored: "every server speaks 3.0", refusedWhen: [/^(?!3\.0$)/, NEWER] }],
  ["max_protocol_version", { ignored: "Ferry speaks 3.0" }],
  ["load_balance_hosts", { ignored: "one host is chosen, and kept to the end of the import" }],
  ["replication", { ignored: "it is off", refusedWhen: [/^(?!(?:false|off|no|0)$)/i, "such a session takes no SQL"] }],
  ["passfile", { ignored: `${FILE}: give the password itself` }],
  ["service servicefile", { refused: `${FILE}: give the connection itself` }],
  ["require_auth", { refused: "Ferry does not choose between ways of logging in; leave it out" }],
  ["scram_client_key scram_server_key", { refused: "Ferry logs in with a password" }],
  ["oauth_issuer oauth_client_id oauth_client_secret oauth_scope", { refused: "Ferry logs in with a password" }],

  ["schema current_schema search_path schema_search_path", { ignored: CHOSEN }],
  [
    "connection_limit pool_timeout pool pool_size max_overflow pooling pool_mode statement_cache_size",
    { ignored: POOL },
  ],
  ["minimum_pool_size maximum_pool_size min_pool_size max_pool_size connection_lifetime", { ignored: POOL }],
  ["connection_idle_lifetime connection_pruning_interval multiplexing no_reset_on_close", { ignored: POOL }],
  ["pgbouncer", { ignored: "Ferry finds out by itself whether a pooler is in between" }],
  ["supa workaround uselibpqcompat dsn reaping_frequency checkout_timeout variables", { ignored: DRIVER }],
  ["prepared_statements prepared_statement_cache_size prepare_threshold prefer_query_mode", { ignored: DRIVER }],
  [
    "command_timeout statement_timeout internal_command_timeout cancellation_timeout",
    { ignored: "Ferry sets its own" },
  ],
  ["include_error_detail max_auto_prepare auto_prepare_min_usages enlist timezone", { ignored: DRIVER }],
  ["write_buffer_size read_buffer_size log_parameters server_compatibility_mode", { ignored: DRIVER }],
  ["rewrite_batched_inserts string_type reload_type_oids binary_transfer adapter engine", { ignored: DRIVER }],
  ["conn_max_age conn_health_checks atomic_requests autocommit time_zone prefix driver", { ignored: DRIVER }],
];

/** `SSL Mode`, `ssl_mode` and `sslmode` are one. */
const plain = (name: string) => name.toLowerCase().replace(/[ _-]/g, "");

const BY_NAME = new Map(
  PARAMETERS.flatMap(([names, use]) => names.split(" ").map((name) => [plain(name), { name, use }] as const)),
);

export const isParameter = (name: string): boolean => BY_NAME.has(plain(name));

/** For a pattern that finds where the parameters of an address begin. */
export const parameterNames = (): string[] => PARAMETERS.flatMap(([names]) => names.split(" "));

const UNKNOWN = { name: "another parameter", reason: "Ferry does not know it" };

/** Takes over what a parameter says; what is not used is noted. */
export function assign(parts: Parts, name: string, value: string, place: Place | null): void {
  const found = BY_NAME.get(plain(name));
  if (!found) {
    if (!parts.notes.includes(UNKNOWN)) parts.notes.push(UNKNOWN);
    return;
  }
  const { use } = found;
  if ("refused" in use) throw invalid(`${found.name}: ${use.refused}`, undefined, place);
  if ("ignored" in use) {
    const [pattern, why] = use.refusedWhen ?? [];
    if (pattern?.test(value)) throw invalid(`${found.name}: ${why}`, undefined, place);
    parts.notes.push({ name: found.name, reason: use.ignored });
    return;
  }
  const read = use.read ? use.read(value) : value;
  if (read === null || (use.weak && parts.known[use.key])) return;
  const part: Part = { value: read, place };
  parts.known[use.key] = part;
}
