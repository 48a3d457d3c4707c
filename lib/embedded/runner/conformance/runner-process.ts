import { type RunnerOptions, startRunner } from "../index";

/** A runner in a process of its own, for tests that kill or stop it. Its options come as JSON. */
const runner = await startRunner(JSON.parse(process.argv[2] ?? "") as RunnerOptions);
process.send?.({ url: runner.url });
