/**
 * Regions of clouds, by the codes that host names carry, with the region of Neon that is nearest.
 * Neon's: https://neon.com/docs/introduction/regions, as of late 2025.
 */
const NEAREST: Record<string, string> = {
  // Amazon, which most providers run on
  "us-east-1": "aws-us-east-1",
  "us-east-2": "aws-us-east-2",
  "us-west-1": "aws-us-west-2",
  "us-west-2": "aws-us-west-2",
  "ca-central-1": "aws-us-east-1",
  "ca-west-1": "aws-us-west-2",
  "mx-central-1": "aws-us-east-2",
  "sa-east-1": "aws-sa-east-1",
  "eu-central-1": "aws-eu-central-1",
  "eu-central-2": "aws-eu-central-1",
  "eu-west-1": "aws-eu-west-2",
  "eu-west-2": "aws-eu-west-2",
  "eu-west-3": "aws-eu-west-2",
  "eu-north-1": "aws-eu-central-1",
  "eu-south-1": "aws-eu-central-1",
  "eu-south-2": "aws-eu-west-2",
  "il-central-1": "aws-eu-central-1",
  "me-south-1": "aws-eu-central-1",
  "me-central-1": "aws-eu-central-1",
  "af-south-1": "aws-eu-west-2",
  "ap-south-1": "aws-ap-southeast-1",
  "ap-south-2": "aws-ap-southeast-1",
  "ap-southeast-1": "aws-ap-southeast-1",
  "ap-southeast-2": "aws-ap-southeast-2",
  "ap-southeast-3": "aws-ap-southeast-1",
  "ap-southeast-4": "aws-ap-southeast-2",
  "ap-northeast-1": "aws-ap-southeast-1",
  "ap-northeast-2": "aws-ap-southeast-1",
  "ap-northeast-3": "aws-ap-southeast-1",
  "ap-east-1": "aws-ap-southeast-1",
  // Azure, as Neon names its own
  eastus2: "azure-eastus2",
  westus3: "azure-westus3",
  gwc: "azure-gwc",
  // Render
  oregon: "aws-us-west-2",
  ohio: "aws-us-east-2",
  virginia: "aws-us-east-1",
  frankfurt: "aws-eu-central-1",
  singapore: "aws-ap-southeast-1",
};

export interface Region {
  code: string;
  nearestOfNeon: string;
}

/** The region that a host name carries, such as `shop.abc.eu-west-1.rds.amazonaws.com`; null where it carries none. */
export function regionOf(host: string): Region | null {
  const parts = host.toLowerCase().split(".");
  // `aws-0-eu-central-1`, `dpg-abc-oregon-postgres`: the code may be a part of a label.
  const code = Object.keys(NEAREST).find((known) =>
    parts.some((part) => part === known || `-${part}-`.includes(`-${known}-`)),
  );
  const nearestOfNeon = code === undefined ? undefined : NEAREST[code];
  return code === undefined || nearestOfNeon === undefined ? null : { code, nearestOfNeon };
}
