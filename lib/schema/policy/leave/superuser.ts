import type { ArchiveEntry } from "../../archive";
import { routineFacts } from "../../sql/routine";
import { isWord, outerTokens } from "../../sql/tokens";
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

const needsSuperuser = (what: string): Leaving => skip(`creating ${what} needs a superuser on the target`);

/** What Postgres lets only a superuser create. */
export const superuserRule: LeaveRule = (entry, lens) => {
  const { target } = lens.context;
  if (ROUTINES.has(entry.kind)) return routineRule(entry, lens);
  if (target.isSuperuser) return null;
  const always = ALWAYS.get(entry.kind);
  if (always) return needsSuperuser(always);
  switch (entry.kind) {
    case "EVENT TRIGGER":
      return target.isNeon ? bestEffort("event triggers may need a superuser") : needsSuperuser("an event trigger");
    case "TYPE":
      return isBaseType(entry.statement) ? needsSuperuser("a base type") : null;
    case "AGGREGATE":
      return / STYPE = internal\b/.test(entry.statement) ? needsSuperuser("an aggregate over internal state") : null;
    case "CAST":
      return castRule(entry, lens);
    case "PROCEDURAL LANGUAGE":
      return target.languages.some(({ name }) => name === entry.name) ? null : needsSuperuser("a language");
    default:
      return null;
  }
};

function routineRule({ statement }: ArchiveEntry, { context: { target } }: Lens): Leaving | null {
  const { language } = routineFacts(statement);
  if (language === null || target.isSuperuser) return null;
  const known = target.languages.find(({ name }) => name === language);
  // A language that the target lacks comes with an extension, whose own verdict decides.
  return known && !known.trusted && language !== "sql" ? needsSuperuser(`a routine in language ${language}`) : null;
}

/** One with functions of its own for input and output, or one that waits for them. */
function isBaseType(statement: string): boolean {
  const tokens = outerTokens(statement);
  return !tokens.some((token) => isWord(token, "as"));
}

/** A cast needs a type of one's own, and a function unless it goes through text. */
function castRule(entry: ArchiveEntry, { byId }: Lens): Leaving | null {
  if (outerTokens(entry.statement).some((token) => isWord(token, "without")))
    return needsSuperuser("a binary-coercible cast");
  const ownType = entry.dependencies.some((id) => {
    const kind = byId.get(id)?.kind;
    return kind === "TYPE" || kind === "DOMAIN" || kind === "TABLE";
  });
  return ownType ? null : needsSuperuser("a cast between types that are not the user's own");
}
