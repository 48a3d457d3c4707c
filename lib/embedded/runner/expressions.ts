import { evaluate, parse } from "cel-js";

export type Scope = Record<string, unknown>;
type Parsed = Extract<ReturnType<typeof parse>, { isSuccess: true }>["cst"];

const parsed = new Map<string, Parsed | null>();

/** Expressions come from the app's functions, so there are few; parsing is the slow part. */
function parseOnce(expression: string): Parsed | null {
  let tree = parsed.get(expression);
  if (tree === undefined) {
    const result = parse(expression);
    tree = result.isSuccess ? result.cst : null;
    parsed.set(expression, tree);
  }
  return tree;
}

export function isExpression(expression: string): boolean {
  return parseOnce(expression) !== null;
}

/**
 * What a field that is not there counts as. In a trigger's condition it equals nothing, not even another
 * missing one; in a wait's condition the trigger's fields have been filled in as null, which it equals.
 */
export type Missing = "unequal" | "null";

/** Null when the expression fails: on Inngest an unknown value makes a condition false, never an error. */
export function computed(expression: string, scope: Scope, missing: Missing = "unequal"): unknown {
  const tree = parseOnce(expression);
  if (tree === null) return null;
  // `x == null` asks whether x is there, in any condition.
  const fill = missing === "null" || /\bnull\b/.test(expression) ? () => null : nothing;
  try {
    return evaluate(tree, Object.fromEntries(Object.entries(scope).map(([name, value]) => [name, wrap(value, fill)])));
  } catch {
    return null;
  }
}

/** An absent condition holds. */
export function holds(expression: string | null | undefined, scope: Scope, missing?: Missing): boolean {
  return !expression || computed(expression, scope, missing) === true;
}

let missingCount = 0;

/** A value unlike any other, whose fields are missing as well. cel-js compares by fields, so it has one of its own. */
function nothing(): unknown {
  missingCount += 1;
  const own = `missing ${missingCount}`;
  return new Proxy(
    { [own]: true },
    { get: (_, field) => (field === own ? true : typeof field === "string" ? nothing() : undefined) },
  );
}

/** Lets an expression ask for fields that are not there: cel-js would end the whole expression. */
function wrap(value: unknown, missing: () => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => wrap(item, missing));
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value as Record<string, unknown>, {
    get: (target, field) => {
      if (typeof field !== "string") return undefined;
      return Object.hasOwn(target, field) ? wrap(target[field], missing) : missing();
    },
  });
}
