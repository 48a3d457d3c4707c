/** By what a provider's server is known: one of them is enough. Nobody makes these by themselves. */
export interface Marks {
  hosts?: RegExp;
  /** In what `version()` says. */
  version?: RegExp;
  roles?: readonly string[];
  schemas?: readonly string[];
  extensions?: readonly string[];
  /** Settings whose name begins so, such as `rds.`. */
  settings?: readonly string[];
}

/** An address of the provider's that is not the server itself, or not from everywhere. The first that fits counts. */
export interface AddressRule {
  host?: RegExp;
  port?: number;
  /**
   * `transaction` passes on transactions, which no import can use; `session` keeps sessions; `internal` is a name of the
   * provider's own network; `ipv6` has no IPv4 address; `reader` is a replica.
   */
  kind: "transaction" | "session" | "internal" | "ipv6" | "reader";
  /** How the address of the server is made from it: what is replaced in the host, and another port. */
  direct?: { host?: readonly [RegExp, string]; port?: number };
  advice: string;
}

/** What is known of a provider. Plain data: a new one is one file and its line in `index.ts`. */
export interface Provider {
  id: string;
  /** In words, for the reasons: `Supabase`. */
  name: string;
  /** When this was looked up, and where. */
  asOf: string;
  sources: readonly string[];
  marks: Marks;
  addresses: readonly AddressRule[];
  /** What it keeps in its customers' databases for itself: left out, and named. */
  schemas: readonly string[];
  /** Extensions that no other provider has: left out where nothing uses them, and named where something does. */
  extensions: readonly string[];
  publications: readonly string[];
  eventTriggers: readonly string[];
  /** Its own roles: they own nothing and are granted nothing on the target. */
  roles: readonly string[];
  /** Schemas made for extensions only, with the schema in which the extensions belong. */
  movedSchemas: Readonly<Record<string, string>>;
  /** Functions of its schemas that work anywhere and come along where the user's objects call them: `auth.uid()`. */
  keptFunctions?: readonly string[];
  /** How logical replication is turned on there. */
  replication?: string;
  /** Which authority signs its certificates, and where to get it. */
  certificate?: string;
  /** Where Ferry's address is let in. */
  allowList?: string;
}

type Told = Pick<Provider, "id" | "name" | "asOf" | "sources" | "marks"> & Partial<Provider>;

/** A provider with only what is to be said of it. */
export const provider = (told: Told): Provider => ({
  addresses: [],
  schemas: [],
  extensions: [],
  publications: [],
  eventTriggers: [],
  roles: [],
  movedSchemas: {},
  ...told,
});
