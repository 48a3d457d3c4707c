import { provider } from "../provider";

export const cloudSql = provider({
  id: "cloud-sql",
  name: "Cloud SQL",
  asOf: "2026-11-21",
  sources: [
    "https://docs.cloud.google.com/sql/docs/postgres/replication/configure-logical-replication",
    "https://aiven.io/docs/products/postgresql/howto/logical-replication-gcp-cloudsql",
  ],
  marks: { hosts: /^\/cloudsql\//, roles: ["cloudsqladmin"], settings: ["cloudsql."] },
  extensions: ["google_ml_integration", "google_vacuum_mgmt", "google_columnar_engine", "google_db_advisor"],
  roles: [
    ...["cloudsqladmin", "cloudsqlagent", "cloudsqlsuperuser", "cloudsqliamuser", "cloudsqliamserviceaccount"],
    ...["cloudsqlimportexport", "cloudsqlreplica", "cloudsqlobservability", "cloudsqlconnpooladmin"],
    ...["cloudsqlinactiveuser", "cloudsqliamgroup", "cloudsqliamgroupuser", "cloudsqliamgroupserviceaccount"],
  ],
  replication:
    "Set the flag cloudsql.logical_decoding to on, which restarts the instance, and ALTER ROLE … REPLICATION.",
  certificate:
    "Download server-ca.pem from the instance's page, Connections, Security; its name check is the instance's, so use sslmode=verify-ca.",
  allowList: "The instance's page, Connections, Networking, Authorized networks.",
});
