import { provider } from "../provider";

export const timescale = provider({
  id: "timescale",
  name: "Tiger Cloud (Timescale)",
  asOf: "2026-11-21",
  sources: [
    "https://www.tigerdata.com/docs/use-timescale/latest/services/connection-pooling",
    "https://www.tigerdata.com/docs/integrate/find-connection-details/index.md",
  ],
  // A service's pooler has a port of its own, which follows no rule: it is found out by asking.
  marks: { hosts: /\.tsdb\.cloud\.(?:timescale|tigerdata)\.com$/, roles: ["tsdbadmin"] },
  extensions: ["timescaledb_osm"],
  roles: ["tsdbowner", "tsdbexplorer", "tsdb_superuser"],
  replication: "Ask Tiger Data's support to turn on logical replication for the service.",
  allowList: "Tiger Console, Security, IP address allow list, attached to the service.",
});
