import { provider } from "../provider";

export const aiven = provider({
  id: "aiven",
  name: "Aiven",
  asOf: "2026-11-21",
  sources: [
    "https://aiven.io/docs/products/postgresql/howto/manage-pool.html",
    "https://aiven.io/docs/products/postgresql/howto/pgbouncer-stats",
  ],
  // Pools have ports of their own, which follow no rule: a pooler is found out by asking.
  marks: { hosts: /\.aivencloud\.com$/, roles: ["avnadmin"], settings: ["aiven."] },
  extensions: ["aiven_extras", "aiven_gatekeeper"],
  roles: ["_aiven", "metrics_user_telegraf"],
  replication: "It is on already, with wal_level = logical; avnadmin may replicate.",
  certificate: "Download the project's CA certificate from the service's page, Connection information.",
  allowList: "The service's page, Service settings, Cloud and network, Set public IP address filters.",
});
