import { NeonApiError } from "../api-error";
import { type Call, ok, type Route } from "../call";
import { REGIONS } from "../regions";

const NAME = "Local user";
const EMAIL = "local@ferry.invalid";
const PLAN = "launch";
const NO_LIMIT = 10_000;

/** What only a person's key may ask. */
function refuseOrganizationKey({ key }: Call): void {
  if (key.kind === "organization" || key.kind === "project") {
    throw new NeonApiError(404, "not allowed for organization API keys");
  }
}

const getUser = (call: Call) => {
  refuseOrganizationKey(call);
  const { limits } = call.desk.misbehaviour;
  return ok({
    active_seconds_limit: 0,
    auth_accounts: [],
    email: EMAIL,
    id: call.desk.store.state.userId,
    image: "",
    login: EMAIL,
    name: NAME,
    last_name: "",
    projects_limit: limits.projects ?? NO_LIMIT,
    branches_limit: limits.branches ?? NO_LIMIT,
    max_autoscaling_limit: limits.maxCu ?? 8,
    plan: PLAN,
  });
};

const getOrganizations = (call: Call) => {
  refuseOrganizationKey(call);
  const { organizationId, createdAt } = call.desk.store.state;
  const times = { created_at: createdAt, updated_at: createdAt };
  const organization = { id: organizationId, name: "This machine", handle: organizationId, plan: PLAN, ...times };
  return ok({ organizations: [{ ...organization, managed_by: "console" }] });
};

const getRegions = (call: Call) => {
  refuseOrganizationKey(call);
  return ok({ regions: REGIONS.map(({ lat, long, ...region }) => ({ ...region, geo_lat: lat, geo_long: long })) });
};

const getAuth = ({ desk, key }: Call) => {
  const isPerson = (key.kind ?? "personal") === "personal";
  const { userId, organizationId } = desk.store.state;
  return ok({
    account_id: isPerson ? userId : organizationId,
    auth_method: isPerson ? "api_key_user" : "api_key_org",
  });
};

export const accountRoutes: Route[] = [
  { call: "getCurrentUserInfo", method: "GET", path: "/users/me", handle: getUser },
  { call: "getCurrentUserOrganizations", method: "GET", path: "/users/me/organizations", handle: getOrganizations },
  { call: "getActiveRegions", method: "GET", path: "/regions", handle: getRegions },
  { call: "getAuthDetails", method: "GET", path: "/auth", handle: getAuth },
];
