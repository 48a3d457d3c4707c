import { PROVIDERS, type Provider } from "./index";

/** What a source says of itself; before anybody has connected, its host alone. */
export interface ProviderFacts {
  host: string;
  roles?: readonly string[];
  schemas?: readonly string[];
  extensions?: readonly { name: string }[];
  settings?: readonly string[];
  versionText?: string;
}

/** Whose server it is; null where nothing tells. Pure. */
export function recogniseProvider(facts: ProviderFacts): Provider | null {
  return PROVIDERS.find((provider) => isOf(provider, facts)) ?? null;
}

function isOf({ marks }: Provider, facts: ProviderFacts): boolean {
  const { roles = [], schemas = [], extensions = [], settings = [], versionText = "" } = facts;
  const holds = (names: readonly string[], wanted: readonly string[] = []) =>
    wanted.some((mark) => names.includes(mark));
  return (
    marks.hosts?.test(facts.host.toLowerCase()) ||
    marks.version?.test(versionText) ||
    holds(roles, marks.roles) ||
    holds(schemas, marks.schemas) ||
    holds(
      extensions.map(({ name }) => name),
      marks.extensions,
    ) ||
    (marks.settings ?? []).some((prefix) => settings.some((setting) => setting.startsWith(prefix)))
  );
}

/** Servers that speak the protocol and are something else inside: by what version() says, or by their host. */
const LOOK_ALIKES: readonly { name: string; version?: RegExp; host?: RegExp }[] = [
  { name: "CockroachDB", version: /CockroachDB/i, host: /\.cockroachlabs\.cloud$/ },
  { name: "YugabyteDB", version: /-YB-|Yugabyte/i, host: /\.yugabyte\.cloud$|\.ybdb\.io$/ },
  { name: "Amazon Redshift", version: /Redshift/i, host: /\.redshift(?:-serverless)?\.amazonaws\.com(?:\.cn)?$/ },
  { name: "Amazon Aurora DSQL", host: /\.dsql\.[a-z0-9-]+\.on\.aws$/ },
  { name: "Greenplum", version: /Greenplum/i },
  { name: "Materialize", version: /Materialize/i, host: /\.materialize\.cloud$/ },
  { name: "CrateDB", version: /CrateDB/i, host: /\.cratedb\.net$/ },
  { name: "QuestDB", version: /QuestDB/i },
  { name: "RisingWave", version: /RisingWave/i, host: /\.risingwave\.cloud$/ },
];

/** What it is, where it is no Postgres; null for Postgres. Pure. */
export function lookAlike({ host, versionText = "" }: Pick<ProviderFacts, "host" | "versionText">): string | null {
  const found = LOOK_ALIKES.find((one) => one.version?.test(versionText) || one.host?.test(host.toLowerCase()));
  return found?.name ?? null;
}
