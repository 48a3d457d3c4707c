import { quoteIdentifier } from "@/lib/postgres/quote";

export const COLUMN_TYPES = [
  "boolean",
  "bigint",
  "numeric",
  "date",
  "timestamp",
  "timestamptz",
  "uuid",
  "jsonb",
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number] | "text";

interface Fit {
  type: ColumnType;
  /** Of a value `c`: whether its text has this form. Casts are tried only where it does, and are valid. */
  form: string;
  /** Of a value that has the form: whether it comes out as it went in. */
  same?: string;
  /** Whether the cast may fail though the form is right. */
  isTried?: true;
  /** Of all values together, where one alone tells too little. */
  all?: string;
}

const TIME = "(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?)";
const DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

/**
 * A column is of the first type that holds every value, and gives back the same text or one that means the same: 007 is
 * no number, 1.50 keeps its digits, a day that does not exist is text. A moment with a zone keeps its moment.
 */
const FITS: readonly Fit[] = [
  { type: "boolean", form: "c ~* '^(true|false)$'" },
  // As Postgres itself writes them; a column with one of them alone may mean anything.
  { type: "boolean", form: "c in ('t', 'f')", all: "bool_or(c = 't') and bool_or(c = 'f')" },
  { type: "bigint", form: "c ~ '^-?[0-9]{1,19}$'", same: "c::bigint::text = c", isTried: true },
  { type: "numeric", form: "c ~ '^-?[0-9]+(\\.[0-9]+)?$'", same: "c::numeric::text = c", isTried: true },
  { type: "date", form: `c ~ '^${DAY}$'`, same: "c::date::text = c", isTried: true },
  {
    type: "timestamp",
    form: `c ~ '^${DAY}[ T]${TIME}$'`,
    same: "to_char(c::timestamp, 'YYYY-MM-DD HH24:MI:SS') = replace(left(c, 19), 'T', ' ')",
    isTried: true,
  },
  { type: "timestamptz", form: `c ~ '^${DAY}[ T]${TIME} ?(Z|[-+][0-9]{2}(:?[0-9]{2})?)$'`, isTried: true },
  { type: "uuid", form: "c ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'" },
  { type: "jsonb", form: "c ~ '^[[{]' and c is json with unique keys", isTried: true },
];

const postgresName = (type: ColumnType) => (type === "timestamptz" ? "timestamp with time zone" : type);

/** Asks whether every value of a column fits; `fits` is null where there is no value at all. Stops at the first misfit. */
export function fitQuestions(table: string, column: string): { type: ColumnType; sql: string }[] {
  const values = `(select ${quoteIdentifier(column)} as c from ${table}) v`;
  return FITS.map(({ type, form, same = "true", isTried, all }) => {
    const valid = isTried ? `pg_catalog.pg_input_is_valid(c, '${postgresName(type)}')` : "true";
    // A case tries one after the other; with `and` the server may cast first.
    const fits = `case when not (${form}) then false when not ${valid} then false else ${same} end`;
    const whole = all ? ` and (select ${all} from ${values})` : "";
    return {
      type,
      sql: `select not exists (select from ${values} where c is not null and not (${fits}))${whole} as fits`,
    };
  });
}

export const hasValues = (table: string, column: string): string =>
  `select exists (select from ${table} where ${quoteIdentifier(column)} is not null) as fits`;

/** Gives the columns their types, all at once; null where all stay text. Pure. */
export function typesStatement(table: string, columns: readonly { name: string; type: ColumnType }[]): string | null {
  const changes = columns
    .filter(({ type }) => type !== "text")
    .map(({ name, type }) => {
      const column = quoteIdentifier(name);
      return `alter column ${column} type ${postgresName(type)} using ${column}::${postgresName(type)}`;
    });
  return changes.length === 0 ? null : `alter table ${table} ${changes.join(", ")}`;
}
