/** Neon's regions. A project of the stand-in is on this machine, whichever of them it names. */
export const REGIONS = [
  { region_id: "aws-us-east-1", name: "AWS US East 1 (N. Virginia)", default: true, lat: "38.13", long: "-78.45" },
  { region_id: "aws-us-east-2", name: "AWS US East 2 (Ohio)", default: false, lat: "39.96", long: "-83" },
  { region_id: "aws-us-west-2", name: "AWS US West 2 (Oregon)", default: false, lat: "46.15", long: "-123.88" },
  { region_id: "aws-eu-central-1", name: "AWS Europe Central 1 (Frankfurt)", default: false, lat: "50", long: "8" },
  { region_id: "aws-eu-west-2", name: "AWS Europe West 2 (London)", default: false, lat: "51.51", long: "-0.13" },
  {
    region_id: "aws-ap-southeast-1",
    name: "AWS Asia Pacific 1 (Singapore)",
    default: false,
    lat: "1.37",
    long: "103.8",
  },
  {
    region_id: "aws-ap-southeast-2",
    name: "AWS Asia Pacific 2 (Sydney)",
    default: false,
    lat: "-33.86",
    long: "151.2",
  },
  {
    region_id: "aws-sa-east-1",
    name: "AWS South America East 1 (Sao Paulo)",
    default: false,
    lat: "-23.5",
    long: "-46.6",
  },
] as const;

export const DEFAULT_REGION = "aws-us-east-1";

export const isRegion = (id: string) => REGIONS.some(({ region_id }) => region_id === id);
