import type { ProviderRules } from "../context";
import { type LeaveRule, type Lens, skip } from "../lens";

/** What the source's provider keeps in the database for itself. */
export const providerRule: LeaveRule = ({ kind, schema, name }, lens) => {
  const { provider } = lens.context;
  if (!provider) return null;
  const own = (names: readonly string[], what: string) =>
    names.includes(name) ? skip(`${what} of ${provider.name}`) : null;
  switch (kind) {
    case "SCHEMA":
      if (keptFunctions(provider).some((kept) => kept.startsWith(`${name}.`) && isCalled(kept, provider, lens))) {
        return null;
      }
      // A schema made for moved extensions goes with them.
      return own([...provider.schemas, ...Object.keys(provider.movedSchemas)], "a schema");
    case "EXTENSION":
      return own(provider.extensions, "an extension");
    case "PUBLICATION":
      return own(provider.publications, "a publication");
    case "EVENT TRIGGER":
      return own(provider.eventTriggers, "an event trigger");
    default:
      if (schema === null || !provider.schemas.includes(schema)) return null;
      return kind === "FUNCTION" && isCalled(`${schema}.${name}`, provider, lens)
        ? null
        : skip(`it is in schema ${schema} of ${provider.name}`);
  }
};

const keptFunctions = ({ keptFunctions: kept = [] }: ProviderRules) => kept;

/** By what is written: the body of a function says nothing of what it depends on. */
function isCalled(kept: string, provider: ProviderRules, { byId }: Lens): boolean {
  if (!keptFunctions(provider).includes(kept)) return false;
  const call = kept.slice(0, kept.indexOf("(") + 1);
  for (const { schema, kind, statement } of byId.values()) {
    const isUsers = schema !== null && !provider.schemas.includes(schema);
    if (isUsers && kind !== "COMMENT" && statement.includes(call)) return true;
  }
  return false;
}
