import { type LeaveRule, skip } from "../lens";

/** What the source's provider keeps in the database for itself. */
export const providerRule: LeaveRule = ({ kind, schema, name }, { context: { provider } }) => {
  if (!provider) return null;
  const own = (names: readonly string[], what: string) =>
    names.includes(name) ? skip(`${what} of ${provider.name}`) : null;
  switch (kind) {
    case "SCHEMA":
      // A schema made for moved extensions goes with them.
      return own([...provider.schemas, ...Object.keys(provider.movedSchemas)], "a schema");
    case "EXTENSION":
      return own(provider.extensions, "an extension");
    case "PUBLICATION":
      return own(provider.publications, "a publication");
    case "EVENT TRIGGER":
      return own(provider.eventTriggers, "an event trigger");
    default:
      return schema !== null && provider.schemas.includes(schema)
        ? skip(`it is in schema ${schema} of ${provider.name}`)
        : null;
  }
};
