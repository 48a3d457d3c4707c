import { namesCatalogue } from "@/lib/source/type-facts";
import { mayWriteFloats, type ValueType, withoutDomain } from "./value-type";

/** Built-in types whose hash function goes over all that a value is: equal hashes mean equal bytes. */
const HASHED = ["int2", "int4", "int8", "oid", "bool", "uuid", "inet", "cidr"] as const;
/** Their hash takes -0 for 0 and one NaN for another; these two values are compared by their bytes. */
const FLOATS = ["float4", "float8"] as const;

export type HashedName = (typeof HASHED)[number];
export type FloatName = (typeof FLOATS)[number];

/**
 * In which form a value is compared, exactly: nothing that one can see of a value is lost in it, and nothing that
 * depends on the server gets in.
 */
export type ValueForm =
  | { how: "hashed"; name: HashedName }
  | { how: "float"; name: FloatName }
  /** The bytes as they are. */
  | { how: "text" }
  | { how: "bytea" }
  /** The text that the server writes. Of numeric, json and enums it is made faster than the binary form. */
  | { how: "output" }
  /** The binary form. */
  | { how: "send" }
  /** The binary form of an array, without what may differ between equal ones: see `ARRAY_HEAD` in form-sql.ts. */
  | { how: "array" }
  /** The forms of all fields of a composite. */
  | { how: "fields"; fields: { name: string; form: ValueForm }[] }
  /** The forms of all elements of an array, and its bounds. */
  | { how: "elements"; element: ValueForm };

/** Faster as text, or canonical only there: char(n) is left out on purpose, since a cast to text takes its blanks away. */
const AS_OUTPUT = new Set(["numeric", "json", "jsonb", "jsonpath", "name", "int2vector", "oidvector"]);

/** From here on a float's text is the shortest that tells it from its neighbours; before, it has 17 digits. */
const SHORTEST_FLOATS_FROM_MAJOR = 12;

export const isIn = <T extends string>(list: readonly T[], name: string): name is T =>
  (list as readonly string[]).includes(name);

/**
 * Pure: the form for the values of a column, which is of one type here and of one there. Where the catalogues do not
 * say the same of them, texts are compared, since a text is what both can make of a value.
 */
export function valueForm(source: ValueType, target: ValueType, majors: readonly [number, number]): ValueForm {
  const types: Pair = [withoutDomain(source), withoutDomain(target)];
  const [type] = types;
  if (types.every(({ isText, name }) => isText && name !== "xml")) return { how: "text" };
  if (!isSameSort(types)) return { how: "output" };
  if (type.kind === "b" && type.element === null) return baseForm(types, majors);
  if (type.kind === "r" || type.kind === "m") return { how: types.every(travelsInside) ? "send" : "output" };
  if (type.element && types.every(({ element }) => element !== null && travelsInside(element))) return { how: "array" };
  return isToldApartByText(types, majors) ? { how: "output" } : partsForm(types, majors);
}

type Pair = readonly [ValueType, ValueType];

/** Whether what one server writes of a value is what the other writes of an equal one. */
const isToldApartByText = (types: Pair, [one, other]: readonly [number, number]) => {
  const alike = one < SHORTEST_FLOATS_FROM_MAJOR === other < SHORTEST_FLOATS_FROM_MAJOR;
  return alike || !types.some(mayWriteFloats);
};

function isSameSort([one, other]: Pair): boolean {
  return (
    one.kind === other.kind &&
    one.isBuiltIn === other.isBuiltIn &&
    (one.element === null) === (other.element === null) &&
    (!one.isBuiltIn || one.name === other.name)
  );
}

function baseForm(types: Pair, majors: readonly [number, number]): ValueForm {
  const [{ name, isBuiltIn, send }, other] = types;
  if (isBuiltIn) {
    if (isIn(HASHED, name)) return { how: "hashed", name };
    if (isIn(FLOATS, name)) return { how: "float", name };
    if (name === "bytea") return { how: "bytea" };
    return { how: travels(types[0]) && !AS_OUTPUT.has(name) ? "send" : "output" };
  }
  // An extension makes no promise about its binary form: it is taken only where texts would differ.
  return { how: send && other.send && !isToldApartByText(types, majors) ? "send" : "output" };
}

/** Its binary form is the same on every server. */
const travels = ({ isBuiltIn, name, send }: ValueType) => isBuiltIn && send !== null && !namesCatalogue(name);

/** The same of a part of a value, where no number of a type is written beside it. */
function travelsInside(whole: ValueType): boolean {
  const type = withoutDomain(whole);
  if (type.subtype) return travelsInside(type.subtype);
  if (type.element || type.kind === "c") return false;
  return type.kind === "e" || travels(type);
}

function partsForm([source, target]: Pair, majors: readonly [number, number]): ValueForm {
  if (source.element && target.element) {
    return { how: "elements", element: valueForm(source.element, target.element, majors) };
  }
  const fields = source.fields.flatMap(({ name, type }) => {
    const twin = target.fields.find((field) => field.name === name);
    return twin ? [{ name, form: valueForm(type, twin.type, majors) }] : [];
  });
  return fields.length === 0 || fields.length !== target.fields.length ? { how: "output" } : { how: "fields", fields };
}
