/** A schema of an OpenAPI 3.0 document, as far as this one uses them. */
export interface Schema {
  $ref?: string;
  type?: string;
  nullable?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  enum?: unknown[];
  discriminator?: unknown;
  [other: string]: unknown;
}

type Named = Readonly<Record<string, Schema>>;

/**
 * The same schema in the words of JSON Schema, and closed: a property that the document does not know is an error, so
 * that a misspelled one is found though it need not be there. To close an `allOf`, its parts are made one.
 */
export function closedSchema(schema: Schema, named: Named): Record<string, unknown> {
  const whole = merged(schema, named);
  const { nullable, discriminator: _, properties, items, additionalProperties, oneOf, anyOf, type, ...rest } = whole;
  const closed: Record<string, unknown> = { ...rest };
  if (type) closed.type = nullable ? [type, "null"] : type;
  if (nullable && whole.enum) closed.enum = [...whole.enum, null];
  if (items) closed.items = closedSchema(items, named);
  if (oneOf) closed.oneOf = oneOf.map((one) => closedSchema(one, named));
  if (anyOf) closed.anyOf = anyOf.map((one) => closedSchema(one, named));
  if (properties) {
    closed.properties = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, closedSchema(property, named)]),
    );
    closed.additionalProperties = false;
  }
  if (typeof additionalProperties === "object") {
    closed.additionalProperties = closedSchema(additionalProperties, named);
  } else if (additionalProperties !== undefined) closed.additionalProperties = additionalProperties;
  return closed;
}

function merged(schema: Schema, named: Named): Schema {
  if (schema.$ref) {
    const target = named[schema.$ref.split("/").at(-1) as string];
    if (!target) throw new Error(`${schema.$ref} is not in the document`);
    return merged(target, named);
  }
  const { allOf, example: _, ...own } = schema;
  if (!allOf) return own;
  return allOf.map((part) => merged(part, named)).reduce(together, own);
}

const together = (one: Schema, other: Schema): Schema => ({
  ...one,
  ...other,
  ...(one.properties || other.properties ? { properties: { ...one.properties, ...other.properties } } : {}),
  required: [...(one.required ?? []), ...(other.required ?? [])],
});
