import { type AddressRule, provider } from "../provider";

export const NEON_POOLER: AddressRule = {
  host: /^[^.]+-pooler\./,
  kind: "transaction",
  direct: { host: [/^([^.]+)-pooler\./, "$1."] },
  advice: "A host with -pooler is Neon's transaction pooler; the same name without it is the server itself.",
};
export const NEON_OWN = {
  schemas: ["neon", "neon_auth", "neon_control_plane"],
  extensions: ["neon", "neon_utils", "neon_test_utils"],
  roles: ["neon_superuser", "neon_service", "cloud_admin", "zenith_admin", "databricks_superuser"],
  replication:
    "Turn on logical replication in the Neon console, under the project's settings; it cannot be turned off again.",
};

export const neon = provider({
  id: "neon",
  name: "Neon",
  asOf: "2026-11-21",
  sources: [
    "https://neon.com/faqs/enable-disable-connection-pooling-neon",
    "https://neon.com/faqs/postgres-services-wire-protocol-compatible",
  ],
  marks: { hosts: /\.neon\.(?:tech|build)$/, roles: ["neon_superuser"], settings: ["neon."] },
  addresses: [NEON_POOLER],
  ...NEON_OWN,
  certificate: "Neon's certificates are signed by a public authority: sslmode=verify-full needs nothing more.",
  allowList: "Neon console, the project's settings, Network Security, IP Allow.",
});
