import { FerryError } from "@/lib/errors/ferry-error";
import type { Target } from "./target";

/** What only a place with branches knows; the others say so. */
export function withoutBranches(place: string): Pick<Target, "release" | "promote" | "rename"> {
  const refuse = (verb: string) => async () => {
    throw new FerryError("target.cannot", { place, verb });
  };
  return { release: async () => {}, promote: refuse("made the default"), rename: refuse("renamed") };
}
