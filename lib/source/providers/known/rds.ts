import { provider } from "../provider";

export const RDS_EXTENSIONS = [
  ...["rds_tools", "rds_activity_stream", "aws_commons", "aws_lambda", "aws_ml", "aws_s3", "apg_plan_mgmt"],
  ...["flow_control", "log_fdw", "pg_transport", "aurora_stat_utils"],
];
export const RDS_ROLES = [
  ...["rdsadmin", "rds_superuser", "rds_replication", "rds_iam", "rds_ad", "rds_password", "rdsrepladmin"],
  ...["rdstopmgr", "rdswriteforwarduser", "rds_extension", "rdsproxyadmin"],
];
export const RDS_CERTIFICATE =
  "Paste Amazon's bundle, https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem, below the connection string.";
export const RDS_ALLOW_LIST =
  "The security group of the database: an inbound rule for its port from Ferry's address; and the database must be publicly accessible.";

/** RDS Proxy ties a session to a server only after it has seen a SET, and knows no other address from its own. */
export const RDS_PROXY = {
  host: /\.proxy-[a-z0-9]+\.[a-z0-9-]+\.rds\.amazonaws\.com(?:\.cn)?$/,
  kind: "transaction",
  advice: "This is an RDS Proxy. Use the endpoint of the database itself, which the RDS console shows.",
} as const;

export const rds = provider({
  id: "rds",
  name: "Amazon RDS",
  asOf: "2026-11-21",
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.FeatureSupport.LogicalReplication.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connecting.html",
  ],
  marks: { hosts: /\.rds\.amazonaws\.com(?:\.cn)?$/, roles: ["rdsadmin"], settings: ["rds."] },
  addresses: [RDS_PROXY],
  schemas: ["rdsadmin"],
  extensions: RDS_EXTENSIONS,
  roles: RDS_ROLES,
  replication:
    "Set rds.logical_replication to 1 in the database's parameter group, restart it, and GRANT rds_replication to the role.",
  certificate: RDS_CERTIFICATE,
  allowList: RDS_ALLOW_LIST,
});
