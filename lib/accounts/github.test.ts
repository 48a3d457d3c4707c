import { expect, it } from "vitest";
import { gitHubPlaces, readGitHubUser } from "./github";

const profile = { id: 7, login: "ben", name: "Ben", email: "shown@ferry.example" };
const list = [
  { email: "old@ferry.example", primary: false, verified: true },
  { email: "ben@ferry.example", primary: true, verified: true },
];

it("goes by the primary address of somebody's own list, and not by the one that they show", () => {
  const ben = { id: "7", name: "Ben", email: "ben@ferry.example", emailVerified: true };
  expect(readGitHubUser(profile, list)).toEqual(ben);
  expect(readGitHubUser({ ...profile, name: null }, list)).toEqual({ ...ben, name: "ben" });
  expect(readGitHubUser({ ...profile, name: "x".repeat(500) }, list)?.name).toHaveLength(100);
  const unproven = list.map((one) => ({ ...one, verified: !one.primary }));
  expect(readGitHubUser(profile, unproven)).toEqual({ ...ben, emailVerified: false });
});

it.each([
  [profile, null],
  [profile, []],
  [profile, [{ ...list[0] }]],
  [profile, { message: "Not Found" }],
  [profile, [{ ...list[1], verified: "yes" }]],
  [null, list],
  [{ ...profile, id: undefined }, list],
  [{ ...profile, id: "7" }, list],
  [{ ...profile, id: 0 }, list],
])("%j with %j is nobody", (who, emails) => {
  expect(readGitHubUser(who, emails)).toBeNull();
});

it("asks GitHub, or a server of one's own", () => {
  const gitHub = { web: "https://github.com", api: "https://api.github.com" };
  for (const given of [undefined, "", "https://github.com", "https://github.com/"]) {
    expect(gitHubPlaces(given)).toEqual(gitHub);
  }
  const own = { web: "https://git.example", api: "https://git.example/api/v3" };
  expect(gitHubPlaces("https://git.example/")).toEqual(own);
});
