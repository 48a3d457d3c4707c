import { asideWords, isNothing } from "@/lib/plan/data-only/aside";
import { matchShapes } from "@/lib/plan/data-only/match";
import { mismatchSentences } from "@/lib/plan/data-only/mismatch-words";
import { check, finding } from "../check";

/** Where only rows come, the tables that are there have to be able to take them as they are. */
export const fits = check("target.fits", ["shape", "receiver", "surroundings"], (context) => {
  const { shape, receiver, surroundings, sourceHost: host, options, resuming } = context;
  if (options.content !== "data" || resuming || !shape || !receiver) return [];
  if (receiver === "made anew") {
    const message =
      "Data only goes into tables that are there already, and this target is a database that Ferry makes empty.";
    const remedy =
      "Give the connection string of the database that your migrations have run on, or choose schema and data.";
    return [finding("target.made_anew", "block", message, { remedy })];
  }
  const matching = matchShapes(shape, receiver, { host, surroundings, options });
  const blocks = mismatchSentences(matching.mismatches).map(({ kind, subject, message, remedy }) =>
    finding(`target.${kind}`, "block", message, { subject, remedy }),
  );
  if (blocks.length > 0 || isNothing(matching.aside)) return blocks;
  const message = `While rows are loaded, ${asideWords(matching.aside)} of the target are put aside, and put back after them.`;
  return [finding("target.put_aside", "info", message, { remedy: "Let nobody else write to these tables meanwhile." })];
});
