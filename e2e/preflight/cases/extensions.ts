import type { Case } from "./case";

export const extensionsCases = (version: number): Case[] => [
  ["plain", "extensions that the target has", "extensions.available", "info", /cube .*hstore .*pgcrypto/],
  ["plain", "one that nothing uses and the target lacks", "extensions.left_out", "info", /adminpack/],
  ["plain", "one that is not older there", "extensions.older", "nothing", /pg_trgm|hstore/],
  [
    "plain",
    "one that only a superuser may create",
    "extensions.missing",
    "block",
    /pageinspect.*only a superuser.*view special\.pages/,
  ],
  ["superuser", "one that a superuser may create", "extensions.missing", "nothing", /pageinspect/],
  ["plain", "a foreign data wrapper that a superuser creates", "extensions.missing", "block", /postgres_fdw.*far/],
  ["plain", "a trusted one that is used", "extensions.missing", "nothing", /citext|pg_trgm|cube|hstore/],
  ["shopOnly", "one that only others need", "extensions.missing", "nothing", /pageinspect/],
  [
    "alone",
    "one that Neon does not list and nothing uses",
    "extensions.left_out",
    "info",
    /does not list extension adminpack/,
  ],
  [
    "alone",
    "one that Neon does not list and something uses",
    "extensions.not_listed",
    "warn",
    /pageinspect.*view special\.pages/,
  ],
  ["alone", "those that Neon lists", "extensions.available", "info", /citext.*hstore.*moddatetime/],
  ["alone", "the language of every database", "extensions.available", "nothing", /plpgsql/],
  ["plain", "no provider", "extensions.provider", "nothing"],
  ...(version >= 14
    ? ([
        ["plain", "one that is older there", "extensions.older", "warn", /citext is 1\.6 .* only 1\.4/],
        [
          "plain",
          "one that the target lacks and a view uses",
          "extensions.missing",
          "block",
          /old_snapshot.*view old\.mapping/,
        ],
      ] satisfies Case[])
    : []),
  ...(version === 10
    ? ([
        [
          "plain",
          "one that the target lacks and a table uses",
          "extensions.missing",
          "block",
          /chkpass.*table old\.passwords/,
        ],
      ] satisfies Case[])
    : []),
];
