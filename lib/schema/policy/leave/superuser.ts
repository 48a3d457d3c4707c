import type { ArchiveEntry } from "../../archive";
import { routineFacts } from "../../sql/routine";
import { isWord, outerTokens } from "../../sql/tokens";
import type { PolicyTarget } from "../context";
import { bestEffort, type LeaveRule, type Leaving, type Lens, skip } from "../lens";

const ALWAYS = new Map([
  ["ACCESS METHOD", "an access method"],
  ["FOREIGN DATA WRAPPER", "a foreign data wrapper"],
  ["OPERATOR CLASS", "an operator class"],
  ["OPERATOR FAMILY", "an operator family"],
  ["SHELL TYPE", "a base type"],
  ["TEXT SEARCH PARSER", "a text search parser"],
  ["TEXT SEARCH TEMPLATE", "a text search template"],
]);
const ROUTINES = new Set(["FUNCTION", "PROCEDURE"]);
const OWN_TYPES = new Set(["TYPE", "DOMAIN", "TABLE"]);

const needsSuperuser = (what: string): Leaving => skip(`creating ${what} needs a superuser on the target`);

/** What there is to know of an object, from a dump or from a catalogue, to tell whether not everybody may create it. */
export interface ObjectFacts {
  kind: string;
  /** Of a routine, or the language itself. */
  language?: string | null;
  /** A type with functions of its own for input and output, or one that waits for them. */
  isBaseType?: boolean;
  /** An aggregate whose state is known to the server's code only. */
  hasInternalState?: boolean;
  isBinaryCast?: boolean;
  /** A cast from or to a type of the user's. */
  hasOwnType?: boolean;
}

/** What Postgres lets only a superuser create. */
export const superuserRule: LeaveRule = (entry, lens) => superuserLeaving(factsOf(entry, lens), lens.context.target);

/** The decision itself, which the checks before an import speak of too. */
export function superuserLeaving(facts: ObjectFacts, target: PolicyTarget): Leaving | null {
  const { kind, language = null } = facts;
  if (target.isSuperuser) return null;
  if (ROUTINES.has(kind)) return routineLeaving(language, target);
  const always = ALWAYS.get(kind);
  if (always) return needsSuperuser(always);
  switch (kind) {
    case "EVENT TRIGGER":
      return target.isNeon ? bestEffort("event triggers may need a superuser") : needsSuperuser("an event trigger");
    case "TYPE":
      return facts.isBaseType ? needsSuperuser("a base type") : null;
    case "AGGREGATE":
      return facts.hasInternalState ? needsSuperuser("an aggregate over internal state") : null;
    case "CAST":
      // A cast needs a type of one's own, and a function unless it goes through text.
      if (facts.isBinaryCast) return needsSuperuser("a binary-coercible cast");
      return facts.hasOwnType ? null : needsSuperuser("a cast between types that are not the user's own");
    case "PROCEDURAL LANGUAGE":
      return target.languages.some(({ name }) => name === language) ? null : needsSuperuser("a language");
    default:
      return null;
  }
}

function routineLeaving(language: string | null, target: PolicyTarget): Leaving | null {
  const known = target.languages.find(({ name }) => name === language);
  // A language that the target lacks comes with an extension, whose own verdict decides.
  return known && !known.trusted && language !== "sql" ? needsSuperuser(`a routine in language ${language}`) : null;
}

function factsOf(entry: ArchiveEntry, { byId }: Lens): ObjectFacts {
  const { kind, name, statement } = entry;
  if (ROUTINES.has(kind)) return { kind, language: routineFacts(statement).language };
  switch (kind) {
    case "TYPE":
      return { kind, isBaseType: !outerTokens(statement).some((token) => isWord(token, "as")) };
    case "AGGREGATE":
      return { kind, hasInternalState: / STYPE = internal\b/.test(statement) };
    case "CAST":
      return {
        kind,
        isBinaryCast: outerTokens(statement).some((token) => isWord(token, "without")),
        hasOwnType: entry.dependencies.some((id) => OWN_TYPES.has(byId.get(id)?.kind ?? "")),
      };
    case "PROCEDURAL LANGUAGE":
      return { kind, language: name };
    default:
      return { kind };
  }
}
