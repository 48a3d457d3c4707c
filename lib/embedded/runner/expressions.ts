import type { parse } from "cel-js";
import type { FunctionConfig } from "./protocol";

export type Scope = Record<string, unknown>;
type Parsed = Extract<ReturnType<typeof parse>, { isSuccess: true }>["cst"];

let cel: typeof import("cel-js") | undefined;

/** Before anything else here. It takes longer than to load all the rest, and few functions have an expression. */
export async function loadExpressions(): Promise<void> {
  cel ??= await import("cel-js");
}

function loaded() {
  if (!cel) throw new Error("An expression is looked at before expressions are loaded.");
  return cel;
}

/** Whether a function's runs begin with looking at one. */
export function startsByExpression({ triggers, idempotency, concurrency }: FunctionConfig): boolean {
  const rules = typeof concurrency === "object" ? [concurrency].flat() : [];
  return Boolean(idempotency) || triggers.some(({ expression }) => expression) || rules.some(({ key }) => key);
}

const parsed = new Map<string, Parsed | null>();

/** Expressions come from the app's functions, so there are few; parsing is the slow part. */
function parseOnce(expression: string): Parsed | null {
  let tree = parsed.get(expression);
  if (tree === undefined) {
    const result = loaded().parse(expression);
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
    return loaded().evaluate(
      tree,
      Object.fromEntries(Object.entries(scope).map(([name, value]) => [name, wrap(value, fill)])),
    );
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
