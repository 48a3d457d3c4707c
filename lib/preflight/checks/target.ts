import { type Check, finding } from "../check";

const SHOWN = 5;

export const empty: Check = ({ target, resuming }) => {
  if (!target || resuming || target.objects.length === 0) return [];
  const shown = target.objects.slice(0, SHOWN).join(", ");
  const more = target.objects.length > SHOWN ? ` and ${target.objects.length - SHOWN} more` : "";
  return [
    finding("target.not_empty", "block", `The target database is not empty: it has ${shown}${more}.`, {
      remedy:
        "Create an empty database there and use its connection string, so that nothing of yours is mixed up or overwritten.",
    }),
  ];
};

export const mayCreate: Check = ({ target }) =>
  !target || target.mayCreateSchemas
    ? []
    : [
        finding("target.create", "block", `User ${target.user} may not create schemas in the target database.`, {
          remedy: "Connect as the owner of the target database.",
        }),
      ];

export const sameDatabase: Check = ({ source, sourceSystemIdentifier, target }) => {
  if (!target || sourceSystemIdentifier === null || sourceSystemIdentifier !== target.systemIdentifier) return [];
  if (source.server.database !== target.database) return [];
  return [
    finding("target.same_database", "block", "Source and target are the same database.", {
      remedy: "Choose another target.",
    }),
  ];
};

export const encoding: Check = ({ source, target }) =>
  !target || target.encoding === source.server.encoding || target.encoding === "UTF8"
    ? []
    : [
        finding(
          "target.encoding",
          "warn",
          `The source stores text as ${source.server.encoding}, the target as ${target.encoding}.`,
          {
            remedy: "Use a target database with encoding UTF8: letters that the other one lacks are refused.",
          },
        ),
      ];
