import { testStandIn } from "./test-stand-in";

/** For a test that kills it: makes projects, and no branch of one, until it is ended. */
const { baseUrl, apiKey, organizationId } = await testStandIn({
  folder: process.argv[2],
  behaviour: { operations: [{ action: "create_branch", effect: "hang" }] },
});
process.stdout.write(`${JSON.stringify({ baseUrl, apiKey, organizationId })}\n`);
setInterval(() => {}, 1_000);
