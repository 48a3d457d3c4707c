import { openHome } from "@/lib/embedded/home";

/** For tests of the lock: tries for a home, prints whether it got it, and holds it until it is ended. */
const opened = await openHome(process.argv[2] ?? "");
if ("home" in opened) opened.home.announce({ state: "running", address: "http://127.0.0.1:3999" });
process.stdout.write(`${"home" in opened ? "got it" : `held by ${opened.heldBy.pid}`}\n`);
if ("home" in opened) setInterval(() => {}, 1_000);
