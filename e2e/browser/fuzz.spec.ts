import { expect } from "@playwright/test";
import { groundOf, runFuzz } from "@/e2e/fuzz/suite";
import { test } from "./ferry-test";

const REQUESTS = 300;

test("random requests to every route and action find no failure and no secret", async ({ request, ferry }) => {
  const created = await request.post("/api/imports", { data: { demo: true, target: { kind: "local" } } });
  const ground = await groundOf(process.cwd(), [(await created.json()).id]);
  expect(ground.routes.length).toBeGreaterThan(20);
  expect(ground.actions.length).toBeGreaterThan(3);
  expect(Object.keys(ferry.secrets).length).toBeGreaterThan(3);
  const options = {
    address: ferry.address,
    seed: 1,
    requests: REQUESTS,
    ground,
    secrets: ferry.secrets,
    memory: () => 0,
  };
  const { failures, statuses } = await runFuzz(options);
  expect(failures).toEqual([]);
  // They came past the door, not only up to it.
  expect(statuses[200]).toBeGreaterThan(10);
});
