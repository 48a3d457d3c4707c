import { cancelImport } from "@/lib/imports/cancel-import";
import { getImport } from "@/lib/imports/get-import";
import { pauseImport } from "@/lib/imports/pause-import";
import { resumeImport } from "@/lib/imports/resume-import";
import { retryImport } from "@/lib/imports/retry-import";
import type { ImportView } from "@/lib/imports/view";
import { pauseWords } from "@/lib/imports/view/pause";
import type { ControlCommand } from "./arguments";
import type { Engine } from "./engine";
import { follow, untilCleanedUp } from "./follow";
import { renewNeonKey } from "./neon-account";
import { progressTo } from "./progress";
import { exitCodeOf, exitCodes } from "./report";
import { tell } from "./terminal";

/** Pauses, resumes, retries or cancels an import, of a Ferry that runs here or of none. */
export async function runControl(
  command: ControlCommand,
  engine: Engine,
  interrupted: AbortSignal,
): Promise<{ view: ImportView; code: number }> {
  const { importId: id } = command;
  const say = (words: string) => tell(`${words}\n`);
  switch (command.name) {
    case "pause": {
      const state = await pauseImport({ id, letGo: command.letGo });
      say(`Paused. ${pauseWords(state)}`);
      say(`Go on with: ferry resume ${id}`);
      break;
    }
    case "cancel":
      await cancelImport({ id, discard: command.discard });
      say(
        (await untilCleanedUp(id)) ? (await getImport({ id })).headline : "Cancelled; the clean-up is still under way.",
      );
      break;
    case "resume":
    case "retry":
      await renewNeonKey(id);
      if (command.name === "resume") await resumeImport({ id });
      else await retryImport({ id, all: command.all, source: command.source, target: command.target });
      if (engine.isOwn) {
        const view = await follow(id, progressTo(process.stderr), interrupted);
        return { view, code: exitCodeOf(view) };
      }
      say("It goes on.");
      break;
  }
  return { view: await getImport({ id }), code: exitCodes.success };
}
