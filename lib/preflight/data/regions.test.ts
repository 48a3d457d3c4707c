import { expect, it } from "vitest";
import { regionOf } from "./regions";

it.each([
  ["shop.c9akciq32.eu-west-1.rds.amazonaws.com", "eu-west-1", "aws-eu-west-2"],
  ["aws-0-eu-central-1.pooler.supabase.com", "eu-central-1", "aws-eu-central-1"],
  ["aws-1-us-east-2.pooler.supabase.com", "us-east-2", "aws-us-east-2"],
  ["ec2-54-1-2-3.us-west-1.compute.amazonaws.com", "us-west-1", "aws-us-west-2"],
  ["ep-cool-1234.ap-southeast-1.aws.neon.tech", "ap-southeast-1", "aws-ap-southeast-1"],
  ["ep-cool-1234.eastus2.azure.neon.tech", "eastus2", "azure-eastus2"],
  ["dpg-abc123-a.oregon-postgres.render.com", "oregon", "aws-us-west-2"],
  ["EC2.SA-EAST-1.COMPUTE.AMAZONAWS.COM", "sa-east-1", "aws-sa-east-1"],
])("%s is in %s", (host, code, nearestOfNeon) => {
  expect(regionOf(host)).toEqual({ code, nearestOfNeon });
});

it.each(["db.example.org", "localhost", "10.0.0.7", "", "virginiawoolf.example", "db.abc.supabase.co"])(
  "%s tells no region",
  (host) => expect(regionOf(host)).toBeNull(),
);
