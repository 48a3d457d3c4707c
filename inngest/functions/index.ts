import { cleanUp } from "./clean-up";
import { keepSnapshotFunction } from "./keep-snapshot";
import { lane } from "./lane";
import { notify } from "./notify";
import { runImport } from "./run-import";
import { verifyAgain } from "./verify-again";

/** Everything the step engine may call. */
export const functions = [runImport, lane, keepSnapshotFunction, cleanUp, notify, verifyAgain];
