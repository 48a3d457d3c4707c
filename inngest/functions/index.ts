import { cleanUp } from "./clean-up";
import { forgetPasswords } from "./forget-passwords";
import { keepSnapshotFunction } from "./keep-snapshot";
import { lane } from "./lane";
import { notify } from "./notify";
import { runImport } from "./run-import";
import { verifyAgain } from "./verify-again";

/** The embedded runner has no clock of its own: there the web server does it (`instrumentation.ts`). */
const byTheClock = process.env.FERRY_MODE === "embedded" ? [] : [forgetPasswords];

/** Everything the step engine may call. */
export const functions = [runImport, lane, keepSnapshotFunction, cleanUp, notify, verifyAgain, ...byTheClock];
