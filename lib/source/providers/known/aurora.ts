import { provider } from "../provider";
import { RDS_ALLOW_LIST, RDS_CERTIFICATE, RDS_EXTENSIONS, RDS_PROXY, RDS_ROLES } from "./rds";

export const aurora = provider({
  id: "aurora",
  name: "Amazon Aurora",
  asOf: "2026-11-21",
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Replication.Logical.Configure.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-connecting.html",
  ],
  marks: {
    hosts: /\.cluster-(?:ro-|custom-)?[a-z0-9]+\.[a-z0-9-]+\.rds\.amazonaws\.com(?:\.cn)?$/,
    extensions: ["aurora_stat_utils", "apg_plan_mgmt"],
    settings: ["aurora."],
  },
  addresses: [
    RDS_PROXY,
    {
      host: /\.cluster-ro-[a-z0-9]+\./,
      kind: "reader",
      advice:
        "This is Aurora's reader endpoint, behind which connections go to different replicas; the cluster's endpoint is one server.",
    },
  ],
  schemas: ["rdsadmin"],
  extensions: RDS_EXTENSIONS,
  roles: RDS_ROLES,
  replication:
    "Set rds.logical_replication to 1 in a custom DB cluster parameter group, restart the writer, and GRANT rds_replication to the role.",
  certificate: RDS_CERTIFICATE,
  allowList: RDS_ALLOW_LIST,
});
