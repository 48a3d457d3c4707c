import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";
import type { HashedName, ValueForm } from "./value-form";
import { type FunctionName, type ValueType, withoutDomain } from "./value-type";

/**
 * SQL for one side. Everything that is not qualified is of pg_catalog, which is all that the search path has while
 * values are compared.
 */
const call = ({ schema, name }: FunctionName, value: string) => `${quoteQualified(schema, name)}(${value})`;

/** A column, or a part of one, as an expression of its type. */
export interface Value {
  sql: string;
  type: ValueType;
}

/** As what it is below its domains. An array of a domain needs none of this. */
function bare({ sql, type }: Value): Value {
  const base = withoutDomain(type);
  return base === type ? { sql, type } : { sql: `(${sql})::${quoteQualified(base.schema, base.name)}`, type: base };
}

/** The text that the server writes of a value. Not a cast: anybody may have made one that says something else. */
export function outputOf(value: Value): string {
  const { sql, type } = bare(value);
  return `textin(${call(type.output, sql)})`;
}

/**
 * An array's binary form begins with its dimensions, a flag and its element's number. The flag stays up when the last
 * null is overwritten, and the number is another on each server, so both are blanked.
 */
const ARRAY_HEAD = "'\\x0000000000000000'::bytea from 5 for 8";

/** A value in its form, as an expression of a built-in type whose binary form is the same on every server. */
export function formSql(form: ValueForm, whole: Value): string {
  const value = bare(whole);
  const { sql, type } = value;
  switch (form.how) {
    case "hashed":
    case "float":
    case "bytea":
      return sql;
    case "text":
      return `(${sql})::text`;
    case "output":
      return outputOf(value);
    case "send":
      return call(type.send ?? type.output, sql);
    case "array":
      return `overlay(array_send(${sql}) placing ${ARRAY_HEAD})`;
    case "fields": {
      const fields = form.fields.map(({ name, form }) => formSql(form, fieldOf(value, name)));
      // A row of nulls is not null itself: `is not null` would not tell them apart.
      return `case when ${sql} is distinct from null then record_send(row(${fields.join(", ")})) end`;
    }
    case "elements": {
      if (!type.element) throw new Error(`${type.name} has no elements.`);
      const element = formSql(form.element, { sql: "u.e", type: type.element });
      const elements = `array(select ${element} from (select unnest(${sql}) as e) u)`;
      return `case when ${sql} is not null then record_send(row(array_dims(${sql}), ${elements})) end`;
    }
  }
}

function fieldOf({ sql, type }: Value, name: string): Value {
  const field = type.fields.find((one) => one.name === name);
  if (!field) throw new Error(`${type.name} has no field ${name}.`);
  return { sql: `(${sql}).${quoteIdentifier(name)}`, type: field.type };
}

const HASH_FUNCTIONS: Record<Exclude<HashedName, "int8" | "bool">, string> = {
  int2: "hashint2extended",
  int4: "hashint4extended",
  oid: "hashoidextended",
  uuid: "uuid_hash_extended",
  inet: "hashinetextended",
  cidr: "hashinetextended",
};

/** Texts are hashed as the server keeps them where both keep them alike; otherwise both as UTF-8. */
export interface TextHashing {
  sameEncoding: boolean;
}

/** 64 bits of a value and a seed; null for null. The seed, an expression, is worked out once. */
export function hashSql(form: ValueForm, whole: Value, seed: string, { sameEncoding }: TextHashing): string {
  const value = bare(whole);
  const { sql } = value;
  switch (form.how) {
    case "hashed":
      switch (form.name) {
        case "int8":
          // The server's hash folds both halves into one; with the upper one beside it nothing is lost.
          return `hashint8extended((${sql}) >> 32, hashint8extended(${sql}, ${seed}))`;
        case "bool":
          return `hashint4extended((${sql})::int4, ${seed})`;
        default:
          return `${HASH_FUNCTIONS[form.name]}(${sql}, ${seed})`;
      }
    case "text":
    case "output": {
      const text = formSql(form, value);
      if (sameEncoding) return `hashtextextended(${text} collate "C", ${seed})`;
      return bytesHash(`convert_to(${text}, 'UTF8')`, seed);
    }
    default:
      return bytesHash(formSql(form, value), seed);
  }
}

/** The server has no function for the hash of a bytea before 18, but has for that of an array of one. */
const bytesHash = (sql: string, seed: string) => `hash_array_extended(array[${sql}], ${seed})`;

/** The hash of a float. Takes the seed twice, so it must not be an expression: see row-hash.ts. */
export function floatHash(name: "float4" | "float8", whole: Value, seed: string): string {
  const { sql } = bare(whole);
  const plain = `hash${name}extended(${sql}, ${seed})`;
  return `case when ${sql} <> 0 and ${sql} <> 'NaN' then ${plain} else ${bytesHash(`${name}send(${sql})`, seed)} end`;
}
