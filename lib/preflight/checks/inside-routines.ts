import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";
import { isSymbol, isWord, type Token, tokenize } from "@/lib/schema/sql/tokens";
import type { LeanedOnRoutine, RoutineUser } from "@/lib/source/facts/leaned-on";
import { check, finding } from "../check";
import { scopeOf } from "../in-scope";
import { someOf } from "../words";

/** After these a body names a relation. */
const BEFORE_RELATIONS = ["from", "join", "into", "update", "only", "table"];

interface NamedObject {
  schema: string;
  name: string;
  kind: "relation" | "routine";
  isQualified: boolean;
}

/** What a body names, of the objects that it may mean. Words in strings and comments do not count. */
function namedIn({ body, candidates }: LeanedOnRoutine): NamedObject[] {
  const tokens = tokenize(body.replace(/\/\*[\s\S]*?\*\//g, " ")) ?? [];
  return tokens.flatMap((token, at) => {
    if (isSymbol(tokens[at + 1], ".")) return [];
    const isQualified = isSymbol(tokens[at - 1], ".");
    const first = isQualified ? at - 2 : at;
    const isRelation = isWord(tokens[first - 1], ...BEFORE_RELATIONS);
    const isCall = isSymbol(tokens[at + 1], "(");
    if (!isRelation && !isCall) return [];
    const kind = isRelation ? ("relation" as const) : ("routine" as const);
    const meant = candidates.find(
      (one) =>
        one.kind === kind && one.name === nameOf(token) && (!isQualified || one.schema === nameOf(tokens[at - 2])),
    );
    return meant ? [{ ...meant, isQualified }] : [];
  });
}

const nameOf = (token: Token | undefined) => token?.value;

const userTitle = ({ kind, schema, table, name }: RoutineUser) =>
  kind === "materialized view" ? `materialized view ${schema}.${name}` : `${kind} ${name} of ${schema}.${table}`;

const routineTitle = ({ schema, name }: LeanedOnRoutine) => `${schema}.${name}`;

const inScopeOf = (context: Parameters<typeof scopeOf>[0]) => {
  const isInScope = scopeOf(context);
  return (routine: LeanedOnRoutine): LeanedOnRoutine[] => {
    const users = routine.users.filter(({ schema, table }) => isInScope({ schema, name: table }));
    return users.length === 0 ? [] : [{ ...routine, users }];
  };
};

/** While a schema is restored nothing is looked up by a search path, and the same holds where indexes are built. */
const searchPath = check("inside.search_path", ["routines", "surroundings"], (context) =>
  context.routines.flatMap(inScopeOf(context)).flatMap((routine) => {
    if (routine.hasSearchPath) return [];
    const bare = namedIn(routine).filter(({ isQualified, schema }) => !isQualified && schema !== "pg_catalog");
    if (bare.length === 0) return [];
    const names = [...new Set(bare.map(({ name }) => name))];
    const schemas = [...new Set(bare.map(({ schema }) => schema))].map(quoteIdentifier);
    const message = `Function ${routineTitle(routine)} names ${someOf(names)} without a schema, and ${someOf(routine.users.map(userTitle))} calls it: it will not find that on the target while rows arrive and indexes are built.`;
    return [
      finding("inside.search_path", "warn", message, {
        subject: routineTitle(routine),
        remedy: "Write the schemas into its body, or tell it where to look.",
        sql: `alter function ${quoteQualified(routine.schema, routine.name)}(${routine.arguments}) set search_path to ${schemas.join(", ")}, pg_temp;`,
      }),
    ];
  }),
);

/** Rows are checked as they arrive, when the other table may still be empty. */
const readsTables = check("inside.check_reads_tables", ["routines", "surroundings"], (context) =>
  context.routines.flatMap(inScopeOf(context)).flatMap((routine) => {
    const read = [...new Set(namedIn(routine).filter(({ kind }) => kind === "relation"))];
    if (read.length === 0) return [];
    return routine.users
      .filter(({ kind, isValid }) => isValid && (kind === "check" || kind === "domain check"))
      .map((user) => {
        const { schema, table, name, kind, definition } = user;
        const tables = someOf([...new Set(read.map((one) => `${one.schema}.${one.name}`))]);
        const message = `${kind === "check" ? "Check" : "Domain check"} ${name} of ${schema}.${table} reads ${tables} by function ${routineTitle(routine)}: rows that arrive before that table's would be refused.`;
        const constraint = quoteIdentifier(name);
        const what = kind === "check" ? "table" : "domain";
        const sql = `alter ${what} ${quoteQualified(schema, table)} drop constraint ${constraint};
alter ${what} ${quoteQualified(schema, table)} add constraint ${constraint} ${definition} not valid;`;
        const remedy =
          "Make it not valid on the source: then it is added when all rows are there, and holds for new ones.";
        return finding("inside.check_reads_tables", "warn", message, { subject: name, remedy, sql });
      });
  }),
);

export const routineChecks = [searchPath, readsTables];
