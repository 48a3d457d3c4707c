import { provider } from "../provider";

export const digitalOcean = provider({
  id: "digitalocean",
  name: "DigitalOcean",
  asOf: "2026-11-21",
  sources: [
    "https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/",
    "https://materialize.com/docs/lts/integrations/digitalocean-postgres",
  ],
  marks: { hosts: /\.db\.ondigitalocean\.com$/, roles: ["doadmin"] },
  addresses: [
    {
      host: /^private-/,
      kind: "internal",
      advice:
        "A host with private- is reachable in the cluster's own network only. Use the public network's connection details.",
    },
    {
      // A pool has a name of its own in the place of the database, so the database cannot be told from it.
      port: 25_061,
      host: /\.db\.ondigitalocean\.com$/,
      kind: "transaction",
      advice:
        "Port 25061 is a connection pool. Use the cluster's own connection details, with port 25060 and the name of the database.",
    },
  ],
  roles: ["_dodb", "doadmin_group"],
  extensions: ["aiven_extras"],
  replication: "It is on already, with wal_level = logical; doadmin may replicate.",
  certificate: "Download ca-certificate.crt from the cluster's page, Connection details.",
  allowList: "The cluster's page, Network Access, Trusted sources.",
});
