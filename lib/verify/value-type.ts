/** A type as a server's catalogue has it, as far as it decides how values are compared. Plain values. */
export interface ValueType {
  schema: string;
  name: string;
  /** pg_type.typtype: b base, c composite, d domain, e enum, r range, m multirange. */
  kind: string;
  /** It came with the server: it means the same on every other. */
  isBuiltIn: boolean;
  /** What makes a text of a value, and what makes its binary form. */
  output: FunctionName;
  send: FunctionName | null;
  /** Its bytes are those of a text, and the cast costs nothing: varchar, citext. */
  isText: boolean;
  /** Of a true array. */
  element: ValueType | null;
  /** Of a domain. */
  base: ValueType | null;
  /** Of a range or multirange. */
  subtype: ValueType | null;
  /** Of a composite. */
  fields: { name: string; type: ValueType }[];
}

export interface FunctionName {
  schema: string;
  name: string;
}

/** What a domain's values really are, through domains over domains. */
export function withoutDomain(type: ValueType): ValueType {
  return type.base ? withoutDomain(type.base) : type;
}

/** Such types' texts hold floats, or may: of a type of somebody else's nobody can tell. */
const WRITES_FLOATS = new Set(["float4", "float8", "point", "line", "lseg", "box", "path", "polygon", "circle"]);

/** Whether a value's text may have a float in it: servers before 12 write other digits than those from 12 on. */
export function mayWriteFloats(type: ValueType): boolean {
  const parts = [type.element, type.base, type.subtype, ...type.fields.map((field) => field.type)];
  if (parts.some((part) => part !== null && mayWriteFloats(part))) return true;
  return type.kind === "b" && type.element === null && (!type.isBuiltIn || WRITES_FLOATS.has(type.name));
}
